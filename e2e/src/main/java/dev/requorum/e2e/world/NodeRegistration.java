package dev.requorum.e2e.world;

import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.NodeBuilder;
import io.fabric8.kubernetes.api.model.NodeCondition;
import io.fabric8.kubernetes.api.model.NodeConditionBuilder;
import io.fabric8.kubernetes.api.model.NodeStatus;
import io.fabric8.kubernetes.api.model.NodeStatusBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.api.model.coordination.v1.LeaseBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Map;

/** How a node makes itself known to the API server, and shows that it is alive. */
final class NodeRegistration {
  private static final DateTimeFormatter MICROSECONDS =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSSSS'Z'");
  private static final String LEASES = "kube-node-lease";
  private static final int LEASE_SECONDS = 40;

  private final String name;
  private Instant readySince = Instant.now();

  NodeRegistration(String name) {
    this.name = name;
  }

  /**
   * Writes the Node, its Ready condition and its Lease, which it returns, whatever of them is there
   * already.
   */
  Lease beat(KubernetesClient client) {
    Node node = client.nodes().withName(name).get();
    if (node == null) {
      client.nodes().resource(newNode()).create();
      readySince = Instant.now();
    } else if (!isReady(node)) {
      readySince = Instant.now();
    }
    String patch = client.getKubernetesSerialization().asJson(Map.of("status", status()));
    client
        .nodes()
        .withName(name)
        .subresource("status")
        .patch(PatchContext.of(PatchType.STRATEGIC_MERGE), patch);
    return renewLease(client);
  }

  static boolean isReady(Node node) {
    return node.getStatus().getConditions().stream()
        .anyMatch(each -> each.getType().equals("Ready") && each.getStatus().equals("True"));
  }

  private Node newNode() {
    return new NodeBuilder()
        .withNewMetadata()
        .withName(name)
        .addToLabels("kubernetes.io/hostname", name)
        .addToLabels("kubernetes.io/os", "linux")
        .endMetadata()
        .build();
  }

  private NodeStatus status() {
    NodeCondition ready =
        new NodeConditionBuilder()
            .withType("Ready")
            .withStatus("True")
            .withReason("KubeletReady")
            .withMessage("a node of the local world")
            .withLastHeartbeatTime(Instant.now().truncatedTo(ChronoUnit.SECONDS).toString())
            .withLastTransitionTime(readySince.truncatedTo(ChronoUnit.SECONDS).toString())
            .build();
    return new NodeStatusBuilder()
        .addToCapacity("pods", new Quantity("110"))
        .addToCapacity("cpu", new Quantity("64"))
        .addToCapacity("memory", new Quantity("256Gi"))
        .addToAllocatable("pods", new Quantity("110"))
        .addToAllocatable("cpu", new Quantity("64"))
        .addToAllocatable("memory", new Quantity("256Gi"))
        .addNewAddress()
        .withType("InternalIP")
        .withAddress(Network.ROUTER)
        .endAddress()
        .withConditions(ready)
        .build();
  }

  private Lease renewLease(KubernetesClient client) {
    ZonedDateTime now = ZonedDateTime.now(ZoneOffset.UTC);
    Resource<Lease> lease = client.leases().inNamespace(LEASES).withName(name);
    if (lease.get() == null) {
      Lease first =
          new LeaseBuilder()
              .withNewMetadata()
              .withName(name)
              .withNamespace(LEASES)
              .endMetadata()
              .withNewSpec()
              .withHolderIdentity(name)
              .withLeaseDurationSeconds(LEASE_SECONDS)
              .withRenewTime(now)
              .endSpec()
              .build();
      return client.resource(first).create();
    }
    String patch = "{\"spec\":{\"renewTime\":\"%s\"}}".formatted(now.format(MICROSECONDS));
    return lease.patch(PatchContext.of(PatchType.JSON_MERGE), patch);
  }
}
