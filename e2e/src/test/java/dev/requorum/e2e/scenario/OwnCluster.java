package dev.requorum.e2e.scenario;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The cluster of {@code e2e/cluster}, to which more can be done than to anybody else's. */
final class OwnCluster {

  private static final Path SCRIPTS = Path.of("cluster").toAbsolutePath();

  private OwnCluster() {}

  /** Aborts the scenario where the cluster that {@code $KUBECONFIG} names is not our own. */
  static void require() {
    String own = run("kubeconfig.sh", List.of()).orElse("");
    assumeTrue(
        !own.isBlank() && own.equals(System.getenv("KUBECONFIG")),
        "this takes a cluster of our own (e2e/cluster), whose network can be cut");
  }

  static String script(String name) {
    return SCRIPTS.resolve(name).toString();
  }

  /**
   * What a script beside the cluster printed.
   *
   * @throws IllegalStateException where it fails, with what it said
   */
  static String run(String script, String... arguments) {
    return run(script, List.of(arguments))
        .orElseThrow(
            () -> new IllegalStateException(script + " " + List.of(arguments) + " failed"));
  }

  private static Optional<String> run(String script, List<String> arguments) {
    List<String> command = new ArrayList<>(List.of(script(script)));
    command.addAll(arguments);
    try {
      Process process =
          new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
      process.getOutputStream().close();
      String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      return process.waitFor() == 0 ? Optional.of(out.strip()) : Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while running " + command, e);
    }
  }
}
