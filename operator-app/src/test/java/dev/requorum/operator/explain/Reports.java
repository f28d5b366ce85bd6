package dev.requorum.operator.explain;

import dev.requorum.fabric8.status.RecoveryStatusMapper;
import dev.requorum.operator.api.EtcdCluster;
import dev.requorum.operator.api.EtcdClusterSpec;
import dev.requorum.operator.api.EtcdClusterStatus;
import dev.requorum.operator.api.RecoverySpec;
import dev.requorum.operator.api.StorageSpec;
import dev.requorum.ports.etcd.ClusterId;
import dev.requorum.ports.etcd.MemberId;
import dev.requorum.ports.record.Incident;
import dev.requorum.ports.record.KnownMember;
import dev.requorum.ports.record.LastKnown;
import dev.requorum.ports.record.RecoveryRecord;
import io.fabric8.kubernetes.api.model.ConditionBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** EtcdClusters with a status, as the operator writes it. */
final class Reports {

  static final Instant NOW = Instant.parse("2026-11-25T03:50:00Z");
  static final String SINCE = "2026-11-25T03:49:00Z";

  private final EtcdCluster cluster = new EtcdCluster();
  private final EtcdClusterStatus status = new EtcdClusterStatus();
  private int attempts;
  private Optional<Incident> incident = Optional.empty();
  private List<Incident> history = List.of();
  private LastKnown known = known(3, 120);

  private Reports(int size) {
    cluster.getMetadata().setNamespace("etcd");
    cluster.getMetadata().setName("demo");
    cluster.getMetadata().setGeneration(1L);
    EtcdClusterSpec spec = new EtcdClusterSpec();
    spec.size = size;
    spec.version = "v3.6.16";
    spec.storageSpec = new StorageSpec();
    spec.storageSpec.volumeSizeRequest = new Quantity("1Gi");
    cluster.setSpec(spec);
    status.observedGeneration = 1L;
    status.conditions = new ArrayList<>();
  }

  static Reports ofThree() {
    return new Reports(3);
  }

  static Reports ofOne() {
    return new Reports(1).known(known(1, 120));
  }

  /** All is well. */
  static Reports healthy() {
    return ofThree().well();
  }

  Reports well() {
    return condition("Available", "True", "Quorate", "a quorum confirmed the member list")
        .condition("Progressing", "False", "AsDesired", "everything is as it was asked for")
        .condition("Degraded", "False", "Quorate", "All voters answer and follow one leader.")
        .condition("RecoveryBlocked", "False", "NoRecovery", "No recovery is held.");
  }

  Reports condition(String type, String truth, String reason, String message) {
    status.conditions.removeIf(before -> before.getType().equals(type));
    status.conditions.add(
        new ConditionBuilder()
            .withType(type)
            .withStatus(truth)
            .withReason(reason)
            .withMessage(message)
            .withLastTransitionTime(SINCE)
            .build());
    return this;
  }

  Reports incident(Incident current) {
    incident = Optional.of(current);
    attempts = current.startedAt().isPresent() ? 1 : 0;
    return this;
  }

  Reports history(Incident... earlier) {
    history = List.of(earlier);
    return this;
  }

  Reports known(LastKnown lastKnown) {
    known = lastKnown;
    return this;
  }

  Reports generation(long generation) {
    cluster.getMetadata().setGeneration(generation);
    return this;
  }

  Reports acknowledging(String id) {
    cluster.getMetadata().setAnnotations(Map.of(EtcdCluster.ACKNOWLEDGE_DATA_LOSS, id));
    return this;
  }

  Reports beingDeleted() {
    cluster.getMetadata().setDeletionTimestamp(SINCE);
    return this;
  }

  Reports windows(String grace, String downGrace) {
    cluster.getSpec().recovery = new RecoverySpec();
    cluster.getSpec().recovery.gracePeriod = grace;
    cluster.getSpec().recovery.downGracePeriod = downGrace;
    return this;
  }

  Reports mode(String mode) {
    cluster.getSpec().recovery = new RecoverySpec();
    cluster.getSpec().recovery.mode = mode;
    return this;
  }

  Reports version(String version) {
    cluster.getSpec().version = version;
    return this;
  }

  Reports withoutStorage() {
    cluster.getSpec().storageSpec = null;
    return this;
  }

  Reports withoutStatus() {
    incident = Optional.empty();
    known = LastKnown.nothing();
    status.conditions = null;
    return this;
  }

  /** As kubectl prints it. */
  String yaml() {
    if (status.conditions != null) {
      status.recovery =
          RecoveryStatusMapper.toStatus(new RecoveryRecord(attempts, incident, history, known));
      cluster.setStatus(status);
    }
    return Serialization.asYaml(cluster);
  }

  /** What is said of it now, as one text. */
  String explained() {
    return explained(yaml());
  }

  static String explained(String object) {
    try {
      return String.join(
          "\n", Explanation.of(ReportedCluster.parse(object), NOW, ReasonTable.shipped()));
    } catch (NotAClusterException e) {
      throw new IllegalArgumentException(object, e);
    }
  }

  static LastKnown known(int members, long revision) {
    List<KnownMember> all = new ArrayList<>();
    for (int ordinal = 0; ordinal < members; ordinal++) {
      all.add(
          new KnownMember(
              new MemberId(ordinal + 1L),
              "demo-" + ordinal,
              false,
              Optional.of("volume-" + ordinal),
              Optional.of("node-" + ordinal),
              ordinal == 0 ? revision : revision - 1,
              Optional.of(Instant.parse("2026-11-25T03:48:50Z"))));
    }
    return new LastKnown(true, Optional.of(new ClusterId(7)), all);
  }
}
