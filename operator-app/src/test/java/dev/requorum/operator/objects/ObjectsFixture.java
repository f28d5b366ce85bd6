package dev.requorum.operator.objects;

import dev.requorum.core.recovery.RecoveryPolicy;
import dev.requorum.fabric8.ClaimAnnotations;
import dev.requorum.operator.api.EtcdCluster;
import dev.requorum.operator.spec.ClusterRequest;
import dev.requorum.operator.spec.SpecReader;
import dev.requorum.operator.world.OperatorWorld;
import dev.requorum.ports.Reason;
import dev.requorum.ports.etcd.MemberId;
import dev.requorum.ports.kubernetes.VolumeMarks;
import dev.requorum.ports.record.Incident;
import dev.requorum.ports.record.KnownMember;
import dev.requorum.ports.record.LastKnown;
import dev.requorum.ports.record.LossEvidence;
import dev.requorum.ports.record.Phase;
import dev.requorum.ports.record.RecoveryPlan;
import dev.requorum.ports.record.RecoveryRecord;
import dev.requorum.ports.record.RestoreTry;
import dev.requorum.ports.record.Step;
import dev.requorum.ports.record.Strategy;
import dev.requorum.ports.record.Survivor;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaimBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
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

  /** The same, with the mark that a restore left on it. */
  void leaveClaim(String name, Map<String, String> labels, String directory) {
    leaveClaim(name, labels);
    world
        .admin()
        .persistentVolumeClaims()
        .inNamespace(namespace)
        .withName(name)
        .edit(
            claim -> {
              claim
                  .getMetadata()
                  .setAnnotations(
                      ClaimAnnotations.with(
                          claim.getMetadata().getAnnotations(),
                          new VolumeMarks(Optional.of(directory), Optional.empty(), List.of())));
              return claim;
            });
  }

  /** A rebuild by restore of a cluster whose data is in directory {@code former}. */
  static RecoveryRecord restoring(Step step, boolean adopting) {
    Instant at = Instant.parse("2026-11-25T03:49:18Z");
    Survivor survivor = new Survivor(new MemberId(1), "demo-0", 0, 3, 130, 112);
    Incident incident =
        new Incident(
            "i-1",
            Phase.REBUILDING,
            Optional.of(step),
            Reason.RESTORING,
            "restoring",
            at,
            Optional.of(at),
            Optional.empty(),
            new LossEvidence(Duration.ofSeconds(60), at, 130, List.of()),
            Optional.of(survivor),
            Optional.empty(),
            Optional.of(at).filter(armed -> adopting),
            Optional.empty(),
            Optional.empty(),
            at,
            Optional.of(new RecoveryPlan(Strategy.RESTORE, "", survivor, 1, List.of(), "ab")),
            Optional.of(new RestoreTry(1, "i-1-1", at)));
    LastKnown known =
        new LastKnown(
            true, Optional.empty(), List.of(known(0)), Optional.empty(), Optional.of("former"));
    return new RecoveryRecord(1, Optional.of(incident), List.of(), known);
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
