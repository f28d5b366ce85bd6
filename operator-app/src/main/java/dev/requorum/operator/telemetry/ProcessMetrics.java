package dev.requorum.operator.telemetry;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicBoolean;

/** What this process takes: memory, and time until it is of use. */
final class ProcessMetrics {

  private final MeterRegistry registry;
  private final ProcessFiles files = new ProcessFiles(Path.of("/proc"));
  private final AtomicBoolean turned = new AtomicBoolean();

  ProcessMetrics(MeterRegistry registry) {
    this.registry = registry;
    Gauge.builder(
            "process.resident.memory",
            files,
            proc -> proc.residentBytes().map(Long::doubleValue).orElse(Double.NaN))
        .description("Resident memory of the operator's process")
        .baseUnit("bytes")
        .register(registry);
  }

  /** Takes note of the first turn, which the metric appears with. */
  void turned() {
    if (turned.compareAndSet(false, true)) {
      files
          .age()
          .ifPresent(
              age ->
                  Gauge.builder("requorum.first.turn", () -> age.toMillis() / 1e3)
                      .description("From the process's start to its first decision on a cluster")
                      .baseUnit("seconds")
                      .register(registry));
    }
  }
}
