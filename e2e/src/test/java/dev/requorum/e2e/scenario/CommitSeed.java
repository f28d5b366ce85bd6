package dev.requorum.e2e.scenario;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** A seed that changes with the commit, and stays for one. {@code $SEED} chooses another. */
final class CommitSeed {

  private static final int DIGITS = 7;
  private static final long OTHERWISE = 1;

  private CommitSeed() {}

  /** From 1 on; always the same outside of a git repository. */
  static long seed() {
    return Optional.ofNullable(System.getenv("SEED"))
        .filter(given -> given.matches("[1-9][0-9]{0,14}"))
        .map(Long::parseLong)
        .or(CommitSeed::ofCommit)
        .orElse(OTHERWISE);
  }

  private static Optional<Long> ofCommit() {
    try {
      Process git =
          new ProcessBuilder("git", "rev-parse", "HEAD")
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      String commit = new String(git.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      return git.waitFor() == 0 && commit.length() > DIGITS
          ? Optional.of(1 + Long.parseLong(commit.substring(0, DIGITS), 16))
          : Optional.empty();
    } catch (IOException noGit) {
      return Optional.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while asking for the commit", e);
    }
  }
}
