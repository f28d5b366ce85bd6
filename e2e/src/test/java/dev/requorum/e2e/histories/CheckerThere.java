package dev.requorum.e2e.histories;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** The checker, which is built with Go. */
public final class CheckerThere {

  private CheckerThere() {}

  /** Aborts the test where the checker is not there and there is no Go to build it with. */
  public static HistoryChecker orAbort() {
    try {
      return HistoryChecker.fromEnvironment();
    } catch (IllegalStateException notBuilt) {
      boolean hasGo =
          Stream.of(System.getenv("PATH").split(":"))
              .map(directory -> Path.of(directory, "go"))
              .anyMatch(Files::isExecutable);
      assumeTrue(hasGo, notBuilt.getMessage() + "; that needs Go");
      throw notBuilt;
    }
  }
}
