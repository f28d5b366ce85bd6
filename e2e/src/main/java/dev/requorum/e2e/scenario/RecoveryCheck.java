package dev.requorum.e2e.scenario;

import dev.requorum.fabric8.status.RecoveryStatus;
import dev.requorum.operator.api.EtcdCluster;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Every assertion of S24 on a cluster that came back.
 *
 * @param survivor the ordinal of the member that was never touched
 * @param size how many members it has again
 * @param keys what was written before the loss, value by key
 * @param survivorClaimBefore the uid of the survivor's claim before the loss
 */
public record RecoveryCheck(
    TestCluster cluster,
    int survivor,
    int size,
    Map<String, String> keys,
    String survivorClaimBefore) {

  /**
   * One assertion and how it came out.
   *
   * @param found what was there
   */
  public record Result(String claim, boolean holds, String found) {

    /** As a line for people. */
    @Override
    public String toString() {
      return "%s %s (%s)".formatted(holds ? "ok    " : "FAILED", claim, found);
    }
  }

  public static final String FORCE_FLAG = "--force-new-cluster";
  public static final String FORCE_ANNOTATION = EtcdCluster.GROUP + "/force-new-cluster";

  /** All of them, in the order of S24; none throws. */
  public List<Result> results() {
    RecoveryStatus recovery = cluster.recovery();
    List<Result> results = new ArrayList<>();
    results.add(Found.check(size + " healthy voting members", this::voters));
    results.add(Found.check("no force-new-cluster flag or annotation left", this::forceFlag));
    results.add(
        Found.check(
            "a node-local read on a re-added member returns the data", this::readOnReadded));
    results.add(
        Found.check("all %d keys on every member".formatted(keys.size()), this::keysEverywhere));
    results.add(Found.check("one shared cluster id", this::clusterIds));
    results.add(
        Found.check(
            "the retained revision is above 1",
            () -> {
              long revision =
                  Optional.ofNullable(recovery.dataLoss)
                      .map(loss -> loss.retainedRevision)
                      .orElse(0L);
              return Found.of(revision > 1, revision);
            }));
    results.add(
        Found.check(
            "at least one attempt is counted",
            () -> Found.of(cluster.attempts() >= 1, cluster.attempts())));
    results.add(
        Found.check(
            "the loss message is set",
            () -> {
              String message =
                  Optional.ofNullable(recovery.dataLoss).map(loss -> loss.message).orElse("");
              return Found.of(!message.isBlank(), message);
            }));
    results.add(
        Found.check(
            "the survivor's claim is the same as before",
            () -> {
              String uid = cluster.claimUid(survivor);
              return Found.of(uid.equals(survivorClaimBefore), uid);
            }));
    return results;
  }

  /** How many of the keys each member has, by its name. */
  public Map<String, Integer> keysByMember() {
    Map<String, Integer> counts = new LinkedHashMap<>();
    for (int ordinal : TestCluster.ordinals(size)) {
      int have = 0;
      for (Map.Entry<String, String> key : keys.entrySet()) {
        if (cluster.get(ordinal, key.getKey()).equals(Optional.of(key.getValue()))) {
          have++;
        }
      }
      counts.put(cluster.pod(ordinal), have);
    }
    return counts;
  }

  /** The cluster ids that the members name. */
  public Set<String> clusterIdsOfMembers() {
    Set<String> ids = new TreeSet<>();
    TestCluster.ordinals(size)
        .forEach(ordinal -> ids.add(cluster.memberStatus(ordinal).clusterId()));
    return ids;
  }

  /** True where the flag or its annotation is on the StatefulSet, or a pod runs with it. */
  public boolean forceFlagLeft() {
    PodTemplateSpec template = cluster.statefulSet().getSpec().getTemplate();
    boolean annotated =
        Optional.ofNullable(cluster.statefulSet().getMetadata().getAnnotations())
            .map(annotations -> annotations.containsKey(FORCE_ANNOTATION))
            .orElse(false);
    boolean inTemplate =
        template.getSpec().getContainers().stream()
            .anyMatch(container -> mentionsFlag(container.getCommand(), container.getArgs()));
    boolean inPod =
        cluster.client().pods().inNamespace(cluster.namespace()).list().getItems().stream()
            .anyMatch(RecoveryCheck::runsWithFlag);
    return annotated || inTemplate || inPod;
  }

  private static boolean runsWithFlag(Pod pod) {
    return pod.getSpec().getContainers().stream()
        .anyMatch(container -> mentionsFlag(container.getCommand(), container.getArgs()));
  }

  private static boolean mentionsFlag(List<String> command, List<String> args) {
    return command.stream().anyMatch(word -> word.startsWith(FORCE_FLAG))
        || args.stream().anyMatch(word -> word.startsWith(FORCE_FLAG));
  }

  private Found voters() {
    List<String> voters = cluster.voters(survivor);
    for (int ordinal : TestCluster.ordinals(size)) {
      cluster.etcdctl(ordinal, "endpoint", "health");
    }
    return Found.of(voters.size() == size, voters);
  }

  private Found forceFlag() {
    boolean left = forceFlagLeft();
    return Found.of(!left, left ? "still there" : "none");
  }

  private Found readOnReadded() {
    int readded = survivor == 0 ? size - 1 : 0;
    Map.Entry<String, String> key = keys.entrySet().iterator().next();
    Optional<String> value = cluster.get(readded, key.getKey());
    return Found.of(
        value.equals(Optional.of(key.getValue())),
        "%s has %s=%s".formatted(cluster.pod(readded), key.getKey(), value.orElse("nothing")));
  }

  private Found keysEverywhere() {
    Map<String, Integer> counts = keysByMember();
    return Found.of(counts.values().stream().allMatch(count -> count == keys.size()), counts);
  }

  private Found clusterIds() {
    Set<String> ids = clusterIdsOfMembers();
    return Found.of(ids.size() == 1, ids);
  }
}
