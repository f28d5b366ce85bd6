package dev.requorum.e2e.scenario;

import dev.requorum.e2e.world.Await;
import dev.requorum.operator.api.EtcdCluster;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.EventBuilder;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Duration;

/**
 * Proof of who wrote the Events about EtcdClusters: nobody but the operator's ServiceAccount may
 * write them, not even an administrator, so every one that is there is the operator's.
 */
final class EventAuthors implements AutoCloseable {

  private static final String NAME = "requorum-e2e-event-authors";
  private static final String MESSAGE = "Events about EtcdClusters are the operator's to write";
  private static final String PROBE_NAMESPACE = "requorum-e2e-event-authors";

  private static final Duration TO_BE_GONE = Duration.ofSeconds(120);

  private static final String POLICY =
      """
      apiVersion: admissionregistration.k8s.io/v1
      kind: ValidatingAdmissionPolicy
      metadata:
        name: %1$s
      spec:
        failurePolicy: Fail
        matchConstraints:
          matchPolicy: Exact
          resourceRules:
            - apiGroups: ["", events.k8s.io]
              apiVersions: ["*"]
              operations: [CREATE, UPDATE]
              resources: [events]
        variables:
          - name: about
            expression: "has(object.involvedObject) ? object.involvedObject.kind : object.regarding.kind"
        validations:
          - expression: "variables.about != 'EtcdCluster' || request.userInfo.username == %4$s"
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
      """;

  private final KubernetesClient client;
  private final AdmissionPolicy policy;

  /**
   * In force when this returns.
   *
   * @param user the operator's name at the API server, as a CEL expression
   */
  EventAuthors(KubernetesClient client, String user) {
    this.client = client;
    this.policy =
        AdmissionPolicy.install(
            client, POLICY.formatted(NAME, MESSAGE, AdmissionPolicy.LABEL, user), MESSAGE);
    try {
      awaitInForce();
    } catch (RuntimeException | AssertionError notInForce) {
      close();
      throw notInForce;
    }
  }

  private void awaitInForce() {
    awaitFormerGone();
    client
        .resource(
            new NamespaceBuilder()
                .withNewMetadata()
                .withName(PROBE_NAMESPACE)
                .addToLabels(AdmissionPolicy.LABEL, "true")
                .endMetadata()
                .build())
        .serverSideApply();
    Event event = event(PROBE_NAMESPACE, "nobody");
    policy.awaitRefusal(
        "an Event of somebody else", () -> client.resource(event).dryRun().create());
  }

  /** In a namespace that is about to go nothing is admitted, and this policy is not asked. */
  private void awaitFormerGone() {
    var stored = client.namespaces().withName(PROBE_NAMESPACE);
    stored.delete();
    Await.until(
        "what an earlier run left in namespace " + PROBE_NAMESPACE + " is gone",
        TO_BE_GONE,
        () -> stored.get() == null,
        stored::get);
  }

  /** An Event about an EtcdCluster, as somebody might forge it. */
  static Event event(String namespace, String cluster) {
    return new EventBuilder()
        .withNewMetadata()
        .withName(cluster + ".forged")
        .withNamespace(namespace)
        .endMetadata()
        .withNewInvolvedObject()
        .withApiVersion(EtcdCluster.GROUP + "/v1alpha1")
        .withKind("EtcdCluster")
        .withNamespace(namespace)
        .withName(cluster)
        .endInvolvedObject()
        .withType("Normal")
        .withReason("RecoveryStarted")
        .withMessage("forged")
        .build();
  }

  @Override
  public void close() {
    policy.remove();
    client.namespaces().withName(PROBE_NAMESPACE).delete();
  }
}
