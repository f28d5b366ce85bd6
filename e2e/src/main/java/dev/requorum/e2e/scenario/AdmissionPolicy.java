package dev.requorum.e2e.scenario;

import dev.requorum.e2e.world.Await;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;

/**
 * A ValidatingAdmissionPolicy and its binding, in force in the namespaces of scenarios only.
 *
 * @param message with which it refuses, by which a refusal can be told from others
 */
record AdmissionPolicy(KubernetesClient client, List<HasMetadata> objects, String message) {

  /** The label of the namespaces in which policies are in force. */
  static final String LABEL = "requorum.dev/e2e";

  private static final Duration TO_TAKE_EFFECT = Duration.ofSeconds(30);

  AdmissionPolicy {
    objects = List.copyOf(objects);
  }

  /**
   * Puts a policy in force.
   *
   * @param manifest the policy and its binding, in YAML
   */
  static AdmissionPolicy install(KubernetesClient client, String manifest, String message) {
    List<HasMetadata> objects = client.load(stream(manifest)).items();
    objects.forEach(object -> client.resource(object).forceConflicts().serverSideApply());
    return new AdmissionPolicy(client, objects, message);
  }

  private static InputStream stream(String text) {
    return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
  }

  /**
   * Waits until the policy refuses this attempt: the API server takes note of it some time later.
   */
  void awaitRefusal(String what, Runnable attempt) {
    Await.until(
        what + " is refused", TO_TAKE_EFFECT, () -> refuses(attempt), () -> answer(attempt));
  }

  /** Waits until the policy lets this attempt pass. */
  void awaitNoRefusal(String what, Runnable attempt) {
    Await.until(
        what + " is possible", TO_TAKE_EFFECT, () -> !refuses(attempt), () -> answer(attempt));
  }

  /** Whether it is this policy that refuses the attempt, which may fail for other reasons. */
  boolean refuses(Runnable attempt) {
    return answer(attempt).contains(message);
  }

  private static String answer(Runnable attempt) {
    try {
      attempt.run();
      return "it was let through";
    } catch (KubernetesClientException e) {
      return String.valueOf(e.getMessage());
    }
  }

  void remove() {
    objects.forEach(object -> client.resource(object).delete());
  }
}
