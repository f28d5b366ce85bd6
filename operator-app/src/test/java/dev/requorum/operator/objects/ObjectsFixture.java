package dev.requorum.operator.objects;

import dev.requorum.core.recovery.RecoveryPolicy;
import dev.requorum.operator.api.EtcdCluster;
import dev.requorum.operator.spec.ClusterRequest;
import dev.requorum.operator.spec.SpecReader;
import dev.requorum.operator.world.OperatorWorld;
import dev.requorum.ports.etcd.MemberId;
import dev.requorum.ports.record.KnownMember;
import dev.requorum.ports.record.RecoveryRecord;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaimBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.Map;
import java.util.Optional;

/** A cluster in a namespace of its own, and its objects as the API server has them. */
final class ObjectsFixture implements AutoCloseable {

  final OperatorWorld world = OperatorWorld.shared();
  final String namespace = world.newNamespace();
  private final KubernetesClient operator = world.operator();
  private final ClusterObjects objects = new ClusterObjects(operator);

  /** Made by a process that has just started. */
  Ensured ensureAfterRestart(EtcdCluster cluster, RecoveryRecord record) {
    return new ClusterObjects(operator).ensure(cluster, request(cluster), record);
  }

  @Override
  public void close() {
    operator.close();
  }

  EtcdCluster create(String more) {
    return world.create(namespace, manifest(more));
  }

  static EtcdCluster change(EtcdCluster cluster, String more) {
    EtcdCluster changed = Serialization.clone(cluster);
    changed.setSpec(Serialization.unmarshal(manifest(more), EtcdCluster.class).getSpec());
    return changed;
  }

  static String manifest(String more) {
    return """
        apiVersion: operator.etcd.io/v1alpha1
        kind: EtcdCluster
        metadata: {name: demo}
        spec: {version: v3.6.16, size: 3, %s}
        """
        .formatted(more);
  }

  Ensured ensure(EtcdCluster cluster, RecoveryRecord record) {
    return objects.ensure(cluster, request(cluster), record);
  }

  static ClusterRequest request(EtcdCluster cluster) {
    return ((SpecReader.Accepted) new SpecReader(RecoveryPolicy.defaults(), "etcd").read(cluster))
        .request();
  }

  void changeStatefulSet(java.util.function.Consumer<StatefulSet> change) {
    OperatorWorld.edit(
        world.admin().apps().statefulSets().inNamespace(namespace).withName("demo"),
        set -> {
          change.accept(set);
        });
  }

  /** A claim such as a StatefulSet leaves behind. */
  void leaveClaim(String name, Map<String, String> labels) {
    world
        .admin()
        .resource(
            new PersistentVolumeClaimBuilder()
                .withNewMetadata()
                .withNamespace(namespace)
                .withName(name)
                .withLabels(labels)
                .endMetadata()
                .withNewSpec()
                .withAccessModes("ReadWriteOnce")
                .withNewResources()
                .addToRequests("storage", new Quantity("1Gi"))
                .endResources()
                .endSpec()
                .build())
        .create();
  }

  /** The StatefulSet, the ConfigMap and the Service; claims stay. */
  void deleteObjects() {
    world.admin().resource(statefulSet()).delete();
    world.admin().resource(configMap()).delete();
    world.admin().resource(service()).delete();
  }

  Service service() {
    return world.admin().services().inNamespace(namespace).withName("demo").get();
  }

  ConfigMap configMap() {
    return world.admin().configMaps().inNamespace(namespace).withName("demo-state").get();
  }

  StatefulSet statefulSet() {
    return world.admin().apps().statefulSets().inNamespace(namespace).withName("demo").get();
  }

  static KnownMember known(int ordinal) {
    return new KnownMember(
        new MemberId(ordinal),
        "demo-" + ordinal,
        false,
        Optional.empty(),
        Optional.empty(),
        1,
        Optional.empty());
  }
}
