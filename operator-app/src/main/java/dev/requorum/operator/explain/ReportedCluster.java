package dev.requorum.operator.explain;

import dev.requorum.core.recovery.RecoveryPolicy;
import dev.requorum.fabric8.status.RecoveryStatus;
import dev.requorum.fabric8.status.RecoveryStatusJson;
import dev.requorum.fabric8.status.RecoveryStatusMapper;
import dev.requorum.fabric8.status.UnreadableStatusException;
import dev.requorum.operator.api.EtcdCluster;
import dev.requorum.operator.api.EtcdClusterStatus;
import dev.requorum.operator.explain.Recorded.Readable;
import dev.requorum.operator.explain.Recorded.Unreadable;
import dev.requorum.operator.spec.RecoveryRequest;
import dev.requorum.operator.spec.SpecReader;
import dev.requorum.ports.RecoveryWish;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * An EtcdCluster object as it was read: all that an explanation knows.
 *
 * @param cluster the object, without {@code status.recovery}
 * @param recorded {@code status.recovery}, as strictly as the operator itself reads it
 */
record ReportedCluster(EtcdCluster cluster, Recorded recorded) {

  private static final String KIND = "EtcdCluster";
  private static final String VERSION = EtcdCluster.GROUP + "/v1alpha1";
  private static final KubernetesSerialization SERIALIZATION = new KubernetesSerialization();

  ReportedCluster {
    Objects.requireNonNull(cluster, "cluster");
    Objects.requireNonNull(recorded, "recorded");
  }

  /**
   * Reads an object written as YAML or JSON.
   *
   * @throws NotAClusterException where it is something else; the message says what
   */
  static ReportedCluster parse(String text) throws NotAClusterException {
    GenericKubernetesResource object = untyped(text);
    if (!KIND.equals(object.getKind()) || !VERSION.equals(object.getApiVersion())) {
      throw new NotAClusterException(
          "it is a %s of %s, and not one %s of %s"
              .formatted(object.getKind(), object.getApiVersion(), KIND, VERSION));
    }
    if (object.getMetadata() == null || object.getMetadata().getName() == null) {
      throw new NotAClusterException("metadata.name is missing");
    }
    Recorded recorded = takeRecord(object);
    try {
      EtcdCluster cluster = SERIALIZATION.convertValue(object, EtcdCluster.class);
      if (cluster.getMetadata().getNamespace() == null) {
        cluster.getMetadata().setNamespace("default");
      }
      return new ReportedCluster(cluster, recorded);
    } catch (IllegalArgumentException e) {
      throw new NotAClusterException("a field has another type than it should: " + firstLine(e));
    }
  }

  private static GenericKubernetesResource untyped(String text) throws NotAClusterException {
    try {
      GenericKubernetesResource object =
          SERIALIZATION.unmarshal(text, GenericKubernetesResource.class);
      if (object == null) {
        throw new NotAClusterException("it is empty");
      }
      return object;
    } catch (RuntimeException e) { // the YAML parser has exceptions of its own
      throw new NotAClusterException(
          "it is neither the YAML nor the JSON of an object: " + firstLine(e));
    }
  }

  /** Takes it out of the object, whose typed form would lose the fields that it does not know. */
  private static Recorded takeRecord(GenericKubernetesResource object) {
    if (!(object.getAdditionalProperties().get("status") instanceof Map<?, ?> status)) {
      return new Readable(RecoveryStatusMapper.toRecord(Optional.empty()));
    }
    Map<Object, Object> rest = new HashMap<>(status);
    Object stored = rest.remove("recovery");
    object.setAdditionalProperty("status", rest);
    try {
      Optional<RecoveryStatus> read = RecoveryStatusJson.read(stored);
      return new Readable(RecoveryStatusMapper.toRecord(read));
    } catch (UnreadableStatusException e) {
      return new Unreadable(inWords(e), stored instanceof Map<?, ?> map ? map : Map.of());
    }
  }

  /** Without Java's account of the class that has no such field. */
  private static String inWords(UnreadableStatusException e) {
    return e.getMessage().replaceFirst(" \\(class .*", "");
  }

  private static String firstLine(RuntimeException e) {
    Throwable cause = e.getCause() == null ? e : e.getCause();
    return String.valueOf(cause.getMessage()).lines().findFirst().orElse(cause.toString());
  }

  /** Why the manifest is refused; empty where it can be had. */
  Optional<SpecReader.Refused> refusal() {
    return reading() instanceof SpecReader.Refused refused
        ? Optional.of(refused)
        : Optional.empty();
  }

  /** The windows and bounds that the operator goes by, also where the manifest's are refused. */
  RecoveryPolicy policy() {
    return told().map(RecoveryRequest::policy).orElse(RecoveryPolicy.defaults());
  }

  /** Who decides that the cluster is rebuilt. */
  RecoveryWish.Mode mode() {
    return told()
        .map(request -> request.goal().recovery().mode())
        .orElse(RecoveryWish.Mode.AUTOMATIC);
  }

  private Optional<RecoveryRequest> told() {
    return reading() instanceof SpecReader.Accepted accepted
        ? Optional.of(accepted.request().recovery())
        : refusal().flatMap(SpecReader.Refused::recovery);
  }

  private SpecReader.Reading reading() {
    return new SpecReader(RecoveryPolicy.defaults(), "etcd").read(cluster);
  }

  String namespace() {
    return cluster.getMetadata().getNamespace();
  }

  String name() {
    return cluster.getMetadata().getName();
  }

  /** The status without {@code recovery}; empty where nobody has written any. */
  Optional<EtcdClusterStatus> status() {
    return Optional.ofNullable(cluster.getStatus());
  }

  /** The condition of this type; empty where it was never told. */
  Optional<Condition> condition(String type) {
    return status().flatMap(known -> Optional.ofNullable(known.conditions)).stream()
        .flatMap(List::stream)
        .filter(condition -> type.equals(condition.getType()))
        .findFirst();
  }

  /** The same, where its status is this one. */
  Optional<Condition> condition(String type, String status) {
    return condition(type).filter(condition -> status.equals(condition.getStatus()));
  }
}
