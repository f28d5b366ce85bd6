package dev.requorum.e2e.histories;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.requorum.e2e.world.Binaries;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** The checker of histories, a program of its own (e2e/histories). */
public final class HistoryChecker {

  private static final String NAME = "check-history";
  private static final int HOLDS = 0;
  private static final int DOES_NOT_HOLD = 1;
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Path program;

  private HistoryChecker(Path program) {
    this.program = program;
  }

  /**
   * The one that {@code e2e/binaries/ensure.sh check-history} builds.
   *
   * @throws IllegalStateException where it has not been built
   */
  public static HistoryChecker fromEnvironment() {
    Path program = Binaries.fromEnvironment().directory().resolve(NAME);
    if (!Files.isExecutable(program)) {
      throw new IllegalStateException(
          "no %s: run e2e/binaries/ensure.sh %s".formatted(program, NAME));
    }
    return new HistoryChecker(program);
  }

  /**
   * Judges a history.
   *
   * @throws IllegalArgumentException where the checker cannot read it, with what it said
   */
  public Verdict check(Path history) {
    try {
      Process process =
          new ProcessBuilder(program.toString(), history.toString())
              .redirectErrorStream(true)
              .start();
      process.getOutputStream().close();
      String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      int status = process.waitFor();
      if (status != HOLDS && status != DOES_NOT_HOLD) {
        throw new IllegalArgumentException(said.strip());
      }
      return Verdict.of(JSON.readTree(said));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while a history is checked", e);
    }
  }
}
