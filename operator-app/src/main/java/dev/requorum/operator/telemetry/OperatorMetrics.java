package dev.requorum.operator.telemetry;

import dev.requorum.core.Decision;
import dev.requorum.core.Observation;
import dev.requorum.core.engine.TurnListener;
import dev.requorum.ports.ClusterRef;
import dev.requorum.ports.record.Incident;
import dev.requorum.ports.record.Phase;
import dev.requorum.ports.record.RecoveryRecord;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;

/** Metrics in Prometheus' text format: {@code docs/operating.md} lists them. */
public final class OperatorMetrics implements TurnListener {

  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final InstantSource clock;
  private final ProcessMetrics process = new ProcessMetrics(registry);
  private final Timer probes =
      Timer.builder("requorum.probe")
          .description("How long it took to ask all members of a cluster")
          .publishPercentileHistogram()
          .minimumExpectedValue(Duration.ofMillis(5))
          .maximumExpectedValue(Duration.ofSeconds(30))
          .register(registry);
  private final Map<ClusterRef, LastRecord> clusters = new ConcurrentHashMap<>();

  /** What is known of one cluster. */
  private static final class LastRecord {
    private volatile RecoveryRecord record = RecoveryRecord.empty();
  }

  public OperatorMetrics(InstantSource clock) {
    this.clock = clock;
  }

  <T> T timeProbe(Supplier<T> probe) {
    return probes.record(probe);
  }

  @Override
  public void decided(Observation observation, RecoveryRecord before, Decision decision) {
    process.turned();
  }

  @Override
  public void recorded(Observation observation, RecoveryRecord before, Decision decision) {
    ClusterRef cluster = observation.goal().cluster();
    Tags tags = tags(cluster);
    clusters.computeIfAbsent(cluster, this::register).record = decision.next();
    count("requorum.turns", "Turns of the engine", tags.and("reason", decision.reason().word()));
    if (decision.next().attempts() > before.attempts()) {
      count("requorum.rebuilds.started", "Destructive rebuilds committed to", tags);
    }
    if (completed(decision.next()) && !completed(before)) {
      count("requorum.recoveries", "Recoveries completed", tags);
    }
  }

  /** Everything, after the clusters that are not among these were forgotten. */
  public String scrape(Set<ClusterRef> living) {
    clusters.keySet().stream().filter(cluster -> !living.contains(cluster)).forEach(this::forget);
    return registry.scrape();
  }

  private LastRecord register(ClusterRef cluster) {
    LastRecord known = new LastRecord();
    Tags tags = tags(cluster);
    for (Phase phase : Phase.values()) {
      gauge(
          "requorum.recovery.phase",
          "1 for the phase that the cluster's incident is in",
          tags.and("phase", phase.word()),
          () -> inPhase(known.record, phase));
    }
    gauge(
        "requorum.recovery.attempts",
        "Destructive rebuilds over the cluster's whole life",
        tags,
        () -> known.record.attempts());
    gauge(
        "requorum.recovery.loss.seconds",
        "Seconds since the loss that is being recovered was detected; 0 where there is none",
        tags,
        () -> secondsSinceLoss(known.record));
    gauge(
        "requorum.data.loss.unacknowledged",
        "Incidents whose possible data loss nobody has acknowledged",
        tags,
        () -> unacknowledged(known.record));
    return known;
  }

  private void gauge(String name, String description, Tags tags, Supplier<Number> value) {
    ToDoubleFunction<Supplier<Number>> read = supplier -> supplier.get().doubleValue();
    Gauge.builder(name, value, read)
        .description(description)
        .tags(tags)
        .strongReference(true)
        .register(registry);
  }

  private void count(String name, String description, Tags tags) {
    Counter.builder(name).description(description).tags(tags).register(registry).increment();
  }

  private void forget(ClusterRef cluster) {
    clusters.remove(cluster);
    Tags tags = tags(cluster);
    List<Meter> stale =
        registry.getMeters().stream()
            .filter(meter -> tags.stream().allMatch(meter.getId().getTags()::contains))
            .toList();
    stale.forEach(registry::remove);
  }

  private static Tags tags(ClusterRef cluster) {
    return Tags.of("namespace", cluster.namespace(), "name", cluster.name());
  }

  private static boolean completed(RecoveryRecord record) {
    return record.incident().map(incident -> !incident.ongoing()).orElse(false);
  }

  private static int inPhase(RecoveryRecord record, Phase phase) {
    return record.incident().filter(incident -> incident.phase() == phase).isPresent() ? 1 : 0;
  }

  private double secondsSinceLoss(RecoveryRecord record) {
    return record
        .ongoing()
        .map(incident -> Duration.between(incident.detectedAt(), clock.instant()).toMillis() / 1e3)
        .orElse(0.0);
  }

  private static long unacknowledged(RecoveryRecord record) {
    long earlier = record.history().stream().filter(Incident::unacknowledged).count();
    return earlier + record.incident().filter(Incident::unacknowledged).stream().count();
  }
}
