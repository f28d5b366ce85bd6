package dev.requorum.e2e.crash;

import dev.requorum.e2e.scenario.MemberStatus;
import dev.requorum.e2e.scenario.TestCluster;
import dev.requorum.fabric8.ClaimAnnotations;
import dev.requorum.fabric8.status.RecoveryStatus;
import dev.requorum.ports.Reason;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * What a recovery came to, without what is another in each: times, uids, ids of members, clusters
 * and incidents, and the cluster's name. Two recoveries that ended alike have equal ones.
 *
 * @param facts what is so, by what it is about
 */
public record FinalState(SortedMap<String, String> facts) {

  private static final String MANAGED = "operator.etcd.io/";

  /** Others, such as of a pod that is slow to start, come and go. */
  private static final Set<String> OF_THE_INCIDENT =
      Set.of(
          Reason.QUORUM_LOST.word(),
          Reason.RECOVERY_STARTED.word(),
          Reason.POSSIBLE_DATA_LOSS.word(),
          Reason.RECOVERY_SCALING_OUT.word(),
          Reason.RECOVERY_COMPLETED.word());

  public FinalState {
    facts = new TreeMap<>(facts);
  }

  /** As it is now. */
  static FinalState of(TestCluster cluster, int size) {
    SortedMap<String, String> facts = new TreeMap<>();
    RecoveryStatus recovery = cluster.recovery();
    record(recovery, facts);
    conditions(cluster, facts);
    members(cluster, size, facts);
    objects(cluster, facts);
    facts.put("events", events(cluster).toString());
    SortedMap<String, String> alike = new TreeMap<>();
    facts.forEach(
        (about, fact) ->
            alike.put(
                about.replace(cluster.name(), "NAME"),
                fact.replace(String.valueOf(recovery.id), "INCIDENT")
                    .replace(cluster.name(), "NAME")));
    return new FinalState(alike);
  }

  /** What is otherwise here than in another, in words; empty where they are equal. */
  List<String> differencesFrom(FinalState other) {
    SortedSet<String> about = new TreeSet<>(facts.keySet());
    about.addAll(other.facts.keySet());
    List<String> differences = new ArrayList<>();
    for (String what : about) {
      String here = facts.getOrDefault(what, "nothing");
      String there = other.facts.getOrDefault(what, "nothing");
      if (!here.equals(there)) {
        differences.add("%s: %s instead of %s".formatted(what, here, there));
      }
    }
    return differences;
  }

  private static void record(RecoveryStatus recovery, SortedMap<String, String> facts) {
    facts.put("phase", "%s, step %s".formatted(recovery.phase, recovery.step));
    facts.put("attempts", String.valueOf(recovery.attempts));
    facts.put("incidents before", String.valueOf(recovery.history.size()));
    facts.put("survivor", recovery.survivor == null ? "none" : recovery.survivor.name);
    facts.put("restore", recovery.restore == null ? "none" : "try " + recovery.restore.number);
    facts.put("copy", recovery.preservedCopy == null ? "none" : "made");
    facts.put("directory", String.valueOf(recovery.lastKnown.directory));
    facts.put(
        "loss",
        Optional.ofNullable(recovery.dataLoss)
            .map(
                loss ->
                    "revision %d retained, raised by %d"
                        .formatted(loss.retainedRevision, loss.revisionBump))
            .orElse("none"));
  }

  private static void conditions(TestCluster cluster, SortedMap<String, String> facts) {
    Optional.ofNullable(cluster.status().conditions)
        .orElse(List.of())
        .forEach(each -> facts.put("condition " + each.getType(), each.getStatus()));
  }

  private static void members(TestCluster cluster, int size, SortedMap<String, String> facts) {
    SortedSet<String> clusterIds = new TreeSet<>();
    for (int ordinal : TestCluster.ordinals(size)) {
      MemberStatus status = cluster.memberStatus(ordinal);
      clusterIds.add(status.clusterId());
      facts.put(
          "member " + ordinal,
          "at revision %d, sees voters %s"
              .formatted(status.revision(), new TreeSet<>(cluster.voters(ordinal))));
    }
    facts.put("cluster ids", String.valueOf(clusterIds.size()));
  }

  private static void objects(TestCluster cluster, SortedMap<String, String> facts) {
    KubernetesClient client = cluster.client();
    StatefulSet set = cluster.statefulSet();
    facts.put(
        "statefulset",
        "from %s, %d replicas, %s"
            .formatted(
                set.getSpec().getOrdinals(),
                set.getSpec().getReplicas(),
                managed(set.getMetadata())));
    facts.put(
        "arguments",
        set.getSpec().getTemplate().getSpec().getContainers().get(0).getArgs().toString());
    facts.put(
        "state",
        new TreeMap<>(
                client
                    .configMaps()
                    .inNamespace(cluster.namespace())
                    .withName(cluster.name() + "-state")
                    .require()
                    .getData())
            .toString());
    client.pods().inNamespace(cluster.namespace()).list().getItems().stream()
        .filter(pod -> pod.getMetadata().getName().startsWith(cluster.name() + "-"))
        .forEach(
            pod -> facts.put("pod " + pod.getMetadata().getName(), pod.getStatus().getPhase()));
    client.persistentVolumeClaims().inNamespace(cluster.namespace()).list().getItems().stream()
        .filter(claim -> claim.getMetadata().getName().contains("-" + cluster.name() + "-"))
        .forEach(claim -> facts.put("claim " + claim.getMetadata().getName(), marks(claim)));
  }

  /** Which member it is for is checked elsewhere; here, whether it is known. */
  private static String marks(PersistentVolumeClaim claim) {
    SortedMap<String, String> marks = managed(claim.getMetadata());
    marks.computeIfPresent(ClaimAnnotations.MEMBER, (key, member) -> "a member");
    return marks.toString();
  }

  private static SortedMap<String, String> managed(ObjectMeta object) {
    SortedMap<String, String> managed =
        new TreeMap<>(Optional.ofNullable(object.getAnnotations()).orElse(Map.of()));
    managed.keySet().removeIf(key -> !key.startsWith(MANAGED));
    return managed;
  }

  /** How often each thing was said about the incident. */
  private static Map<String, Long> events(TestCluster cluster) {
    return cluster.events().stream()
        .filter(event -> OF_THE_INCIDENT.contains(event.getReason()))
        .collect(Collectors.groupingBy(Event::getReason, TreeMap::new, Collectors.counting()));
  }
}
