package dev.requorum.e2e.scenario;

import dev.requorum.e2e.world.Await;
import dev.requorum.fabric8.status.RecoveryStatus;
import dev.requorum.operator.api.EtcdCluster;
import dev.requorum.operator.api.EtcdClusterStatus;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** An EtcdCluster on a site, and what scenarios ask of it. */
public final class TestCluster {

  private static final Duration TO_START = Duration.ofMinutes(3);

  private final Site site;
  private final String namespace;
  private final String name;

  public TestCluster(Site site, String namespace, String name) {
    this.site = site;
    this.namespace = namespace;
    this.name = name;
  }

  public Site site() {
    return site;
  }

  public String namespace() {
    return namespace;
  }

  public String name() {
    return name;
  }

  public KubernetesClient client() {
    return site.client();
  }

  /** Creates it, or changes it where it is there. */
  public void apply(String manifest) {
    HasMetadata parsed = client().resource(manifest).item();
    parsed.getMetadata().setNamespace(namespace);
    client().resource(parsed).inNamespace(namespace).serverSideApply();
  }

  /** Creates it and waits until all its members are healthy and the operator has taken note. */
  public void startWith(String manifest, int size) {
    apply(manifest);
    awaitHealthy(size, TO_START);
  }

  /** Deletes it; its volumes stay unless its manifest says otherwise. */
  public void delete() {
    client().resources(EtcdCluster.class).inNamespace(namespace).withName(name).delete();
  }

  /** Says, as a human would, that the loss of the incident in status is known. */
  public void acknowledgeLoss() {
    acknowledge(recovery().id);
  }

  /** The same for an incident of that id. */
  public void acknowledge(String incident) {
    client()
        .resources(EtcdCluster.class)
        .inNamespace(namespace)
        .withName(name)
        .patch(
            PatchContext.of(PatchType.JSON_MERGE),
            "{\"metadata\": {\"annotations\": {\"%s\": \"%s\"}}}"
                .formatted(EtcdCluster.ACKNOWLEDGE_DATA_LOSS, incident));
  }

  /** As it is stored now. */
  public EtcdCluster stored() {
    return client().resources(EtcdCluster.class).inNamespace(namespace).withName(name).require();
  }

  public EtcdClusterStatus status() {
    return Optional.ofNullable(stored().getStatus()).orElseGet(EtcdClusterStatus::new);
  }

  public RecoveryStatus recovery() {
    return Optional.ofNullable(status().recovery).orElseGet(RecoveryStatus::new);
  }

  /** The phase of the recovery, empty where there is none. */
  public String phase() {
    return Optional.ofNullable(recovery().phase).orElse("");
  }

  public int attempts() {
    return Optional.ofNullable(recovery().attempts).orElse(0);
  }

  /** The status of a condition; {@code Missing} where it is not there. */
  public String condition(String type) {
    return conditionObject(type).map(Condition::getStatus).orElse("Missing");
  }

  public Optional<Condition> conditionObject(String type) {
    return Optional.ofNullable(status().conditions).orElse(List.of()).stream()
        .filter(condition -> condition.getType().equals(type))
        .findFirst();
  }

  public StatefulSet statefulSet() {
    return client().apps().statefulSets().inNamespace(namespace).withName(name).require();
  }

  public String pod(int ordinal) {
    return name + "-" + ordinal;
  }

  public String claim(int ordinal) {
    return "etcd-data-" + pod(ordinal);
  }

  public String claimUid(int ordinal) {
    return client()
        .persistentVolumeClaims()
        .inNamespace(namespace)
        .withName(claim(ordinal))
        .require()
        .getMetadata()
        .getUid();
  }

  /** What a member's claim says under this name. */
  public Optional<String> annotation(int ordinal, String annotation) {
    return Optional.ofNullable(
            client()
                .persistentVolumeClaims()
                .inNamespace(namespace)
                .withName(claim(ordinal))
                .require()
                .getMetadata()
                .getAnnotations())
        .map(annotations -> annotations.get(annotation));
  }

  public void put(int ordinal, String key, String value) {
    etcdctl(ordinal, "put", key, value);
  }

  /** A linearizable write that is given up after a second; whether it was accepted. */
  public boolean tryPut(int ordinal, String key, String value) {
    try {
      etcdctl(ordinal, "--command-timeout=1s", "put", key, value);
      return true;
    } catch (RuntimeException refused) {
      return false;
    }
  }

  /** A node-local (serializable) read. */
  public Optional<String> get(int ordinal, String key) {
    String value = etcdctl(ordinal, "get", "--consistency=s", "--print-value-only", key).strip();
    return value.isEmpty() ? Optional.empty() : Optional.of(value);
  }

  /** How many keys of this prefix the member itself has. */
  public int count(int ordinal, String prefix) {
    return EtcdctlAnswer.of(
            etcdctl(ordinal, "get", "--consistency=s", "--prefix", "-w", "json", prefix))
        .count();
  }

  public MemberStatus memberStatus(int ordinal) {
    return EtcdctlAnswer.of(etcdctl(ordinal, "endpoint", "status", "-w", "json")).memberStatus();
  }

  /** The voters in the member list that this member confirms with a quorum. */
  public List<String> voters(int ordinal) {
    return EtcdctlAnswer.of(
            etcdctl(ordinal, "--command-timeout=2s", "member", "list", "-w", "json"))
        .voters();
  }

  public String etcdctl(int ordinal, String... arguments) {
    return site.etcdctl(namespace, pod(ordinal), arguments);
  }

  /** Runs etcdutl in a member's container, whose paths it is given. */
  public String etcdutl(int ordinal, String... arguments) {
    return site.etcdutl(namespace, pod(ordinal), arguments);
  }

  /** Waits until all members are voters, healthy, and nothing is left to do. */
  public void awaitHealthy(int size, Duration limit) {
    Await.until(
        "%d healthy members of %s".formatted(size, name),
        limit,
        () -> isHealthy(size),
        this::describe);
  }

  /** Whether all members are voters, healthy, and nothing is left to do, by the operator's word. */
  public boolean isHealthy(int size) {
    EtcdClusterStatus status = status();
    boolean bootstrapped =
        status.recovery != null
            && status.recovery.lastKnown != null
            && Boolean.TRUE.equals(status.recovery.lastKnown.bootstrapped);
    return bootstrapped
        && Integer.valueOf(size).equals(status.readyReplicas)
        && Integer.valueOf(size).equals(status.memberCount)
        && condition("Available").equals("True")
        && condition("Progressing").equals("False");
  }

  /** Waits until the recovery is in one of these phases. */
  public void awaitPhase(Duration limit, String... phases) {
    List<String> wanted = List.of(phases);
    Await.until(
        "phase %s of %s".formatted(wanted, name),
        limit,
        () -> wanted.contains(phase()),
        this::describe);
  }

  /** Everything that explains where it stands, for a failure's message; the first line in short. */
  public String describe() {
    EtcdClusterStatus status = status();
    String pods =
        client().pods().inNamespace(namespace).list().getItems().stream()
            .map(
                pod ->
                    "%s on %s: %s %s"
                        .formatted(
                            pod.getMetadata().getName(),
                            pod.getSpec().getNodeName(),
                            pod.getStatus().getPhase(),
                            pod.getStatus().getContainerStatuses().stream()
                                .map(container -> container.getState().toString())
                                .toList()))
            .toList()
            .toString();
    String available =
        conditionObject("Available").map(Condition::getMessage).orElse("nothing is known yet");
    return "%s%nstatus %s%npods %s".formatted(available, Serialization.asYaml(status), pods);
  }

  /** The Events about it. */
  public List<Event> events() {
    return client().v1().events().inNamespace(namespace).list().getItems().stream()
        .filter(event -> "EtcdCluster".equals(event.getInvolvedObject().getKind()))
        .filter(event -> name.equals(event.getInvolvedObject().getName()))
        .toList();
  }

  /** All ordinals of a cluster of this size. */
  public static List<Integer> ordinals(int size) {
    return IntStream.range(0, size).boxed().toList();
  }
}
