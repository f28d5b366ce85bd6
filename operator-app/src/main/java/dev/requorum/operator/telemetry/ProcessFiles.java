package dev.requorum.operator.telemetry;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What Linux tells of this process; empty where it does not tell.
 *
 * @param proc where procfs is mounted
 */
record ProcessFiles(Path proc) {

  /** Linux counts in these towards programs, whatever the kernel's own clock is. */
  private static final long MILLIS_PER_TICK = 10;

  /** Counted from behind the program's name, the only field that may hold spaces. */
  private static final int START_TIME = 19;

  /** The memory that is resident, in bytes: anonymous, and pages of files that are mapped. */
  Optional<Long> residentBytes() {
    try (Stream<String> lines = Files.lines(proc.resolve("self/status"))) {
      return lines
          .filter(line -> line.startsWith("VmRSS:"))
          .map(line -> Long.parseLong(line.replaceAll("\\D", "")) * 1024)
          .findFirst();
    } catch (IOException | UncheckedIOException | NumberFormatException e) {
      return Optional.empty();
    }
  }

  /** How long ago the process was started, Java's own start included; exact to 10 ms. */
  Optional<Duration> age() {
    try {
      String uptime = Files.readString(proc.resolve("uptime")).split(" ")[0];
      String stat = Files.readString(proc.resolve("self/stat"));
      String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
      long started = Long.parseLong(fields[START_TIME]) * MILLIS_PER_TICK;
      return Optional.of(Duration.ofMillis(Math.round(Double.parseDouble(uptime) * 1e3) - started));
    } catch (IOException | RuntimeException e) {
      return Optional.empty();
    }
  }
}
