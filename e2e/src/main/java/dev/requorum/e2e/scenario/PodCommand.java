package dev.requorum.e2e.scenario;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.ExecWatch;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Runs a command in a pod's container, through the API server. */
final class PodCommand {

  private static final long LIMIT_SECONDS = 20;

  private PodCommand() {}

  /**
   * Runs it to its end and returns what it printed.
   *
   * @throws RuntimeException where it cannot be run, fails, or takes more than 20 s
   */
  static String run(
      KubernetesClient client,
      String namespace,
      String pod,
      String container,
      List<String> command) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    String what = "%s in %s/%s".formatted(command, namespace, pod);
    try (ExecWatch running =
        client
            .pods()
            .inNamespace(namespace)
            .withName(pod)
            .inContainer(container)
            .writingOutput(out)
            .writingError(err)
            .exec(command.toArray(String[]::new))) {
      int status = running.exitCode().get(LIMIT_SECONDS, TimeUnit.SECONDS);
      if (status != 0) {
        throw new IllegalStateException(
            "%s ended with %d: %s".formatted(what, status, err.toString(StandardCharsets.UTF_8)));
      }
      return out.toString(StandardCharsets.UTF_8);
    } catch (TimeoutException e) {
      throw new IllegalStateException(what + " took more than " + LIMIT_SECONDS + " s", e);
    } catch (ExecutionException e) {
      throw new IllegalStateException(what + " could not be run", e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while waiting for " + what, e);
    }
  }
}
