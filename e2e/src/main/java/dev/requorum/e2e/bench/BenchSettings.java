package dev.requorum.e2e.bench;

import java.util.Optional;

/** What the environment says of a bench. */
record BenchSettings(String version, int runs) {

  /** {@code $ETCD_VERSION} (3.6.16) and {@code $RUNS}; ends the process where they are no good. */
  static BenchSettings of(int defaultRuns) {
    String runs = setting("RUNS", String.valueOf(defaultRuns));
    if (!runs.matches("[1-9][0-9]?")) {
      System.err.println("RUNS must be a number from 1 to 99, not '" + runs + "'");
      System.exit(2);
    }
    return new BenchSettings(setting("ETCD_VERSION", "3.6.16"), Integer.parseInt(runs));
  }

  private static String setting(String name, String otherwise) {
    return Optional.ofNullable(System.getenv(name)).filter(v -> !v.isBlank()).orElse(otherwise);
  }
}
