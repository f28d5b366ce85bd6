package dev.requorum.ports;

import java.util.Optional;

/**
 * What is drawn by lot in {@code make test} is drawn with {@code $SEED}, another for each commit.
 */
public final class CommitSeed {

  private static final long OTHERWISE = 1;

  private CommitSeed() {}

  /** From 1 on; 1 where {@code scripts/test} did not start this. */
  public static long seed() {
    return Optional.ofNullable(System.getenv("SEED"))
        .filter(given -> given.matches("[1-9][0-9]{0,14}"))
        .map(Long::parseLong)
        .orElse(OTHERWISE);
  }
}
