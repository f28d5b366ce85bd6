package dev.requorum.e2e.scenario;

import dev.requorum.e2e.world.Await;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.NamespaceFluent;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.Resource;
import java.time.Duration;

/**
 * Pods that are kept from being made again, on any Kubernetes: admission refuses to create pods
 * whose names are in annotations of their namespace. Volumes and other pods are not concerned.
 */
final class HeldPods implements AutoCloseable {

  private static final String NAME = "requorum-e2e-held-pods";
  private static final String ANNOTATION = "held.requorum.dev/";
  private static final Duration LIMIT = Duration.ofMinutes(1);

  /** In seconds; with none at all the kubelet is not waited for. */
  private static final long SHORTEST_GRACE = 1;

  private static final String MESSAGE = "a scenario holds this pod down";

  private static final String POLICY =
      """
      apiVersion: admissionregistration.k8s.io/v1
      kind: ValidatingAdmissionPolicy
      metadata:
        name: %1$s
      spec:
        failurePolicy: Fail
        matchConstraints:
          resourceRules:
            - apiGroups: [""]
              apiVersions: [v1]
              operations: [CREATE]
              resources: [pods]
        validations:
          - expression: "!has(namespaceObject.metadata.annotations) || !(('%4$s' + object.metadata.name) in namespaceObject.metadata.annotations)"
            message: %2$s
      ---
      apiVersion: admissionregistration.k8s.io/v1
      kind: ValidatingAdmissionPolicyBinding
      metadata:
        name: %1$s
      spec:
        policyName: %1$s
        validationActions: [Deny]
        matchResources:
          namespaceSelector:
            matchLabels:
              %3$s: "true"
      """
          .formatted(NAME, MESSAGE, AdmissionPolicy.LABEL, ANNOTATION);

  private final KubernetesClient client;
  private final AdmissionPolicy policy;

  HeldPods(KubernetesClient client) {
    this.client = client;
    this.policy = AdmissionPolicy.install(client, POLICY, MESSAGE);
  }

  /**
   * Kills the pod's process, once another of its name can no longer be made. Returns when it is
   * gone: by force, the API would forget the pod while its process still runs, and is still in
   * touch with the others.
   */
  void hold(String namespace, String pod) {
    client
        .namespaces()
        .withName(namespace)
        .edit(n -> edit(n).addToAnnotations(ANNOTATION + pod, "").endMetadata().build());
    policy.awaitRefusal("another pod " + pod, () -> tryCreate(namespace, pod));
    Resource<Pod> held = client.pods().inNamespace(namespace).withName(pod);
    held.withGracePeriod(SHORTEST_GRACE).delete();
    Await.until(
        "the kubelet has ended pod " + pod, LIMIT, () -> hasEnded(held.get()), () -> held.get());
  }

  /** Where a finalizer keeps the pod in the API, the kubelet leaves no time to its deletion. */
  private static boolean hasEnded(Pod pod) {
    return pod == null || Long.valueOf(0).equals(pod.getMetadata().getDeletionGracePeriodSeconds());
  }

  /** Returns when pods of that name can be made again. */
  void release(String namespace, String pod) {
    client
        .namespaces()
        .withName(namespace)
        .edit(n -> edit(n).removeFromAnnotations(ANNOTATION + pod).endMetadata().build());
    policy.awaitNoRefusal("a pod " + pod, () -> tryCreate(namespace, pod));
  }

  private static NamespaceFluent<NamespaceBuilder>.MetadataNested<NamespaceBuilder> edit(
      Namespace namespace) {
    return new NamespaceBuilder(namespace).editMetadata();
  }

  private void tryCreate(String namespace, String name) {
    Pod pod =
        new PodBuilder()
            .withNewMetadata()
            .withName(name)
            .withNamespace(namespace)
            .endMetadata()
            .withNewSpec()
            .addNewContainer()
            .withName("none")
            .withImage("example.invalid/none:1")
            .endContainer()
            .endSpec()
            .build();
    client.resource(pod).dryRun().create();
  }

  @Override
  public void close() {
    policy.remove();
  }
}
