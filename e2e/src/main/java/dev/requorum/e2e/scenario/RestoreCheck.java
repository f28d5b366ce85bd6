package dev.requorum.e2e.scenario;

import dev.requorum.fabric8.ClaimAnnotations;
import dev.requorum.fabric8.status.DataLossStatus;
import dev.requorum.fabric8.status.RecoveryStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What holds besides S24 where the survivor's data was restored beside the original.
 *
 * @param size how many members it has again
 * @param clusterIdBefore of the cluster that lost its quorum
 * @param directoryBefore where its members had their data, as a pod sees it
 * @param revisionBefore what the survivor had at least
 * @param claimsBefore the uids of the claims whose volumes were there all the time, by ordinal
 */
public record RestoreCheck(
    TestCluster cluster,
    int size,
    String clusterIdBefore,
    String directoryBefore,
    long revisionBefore,
    Map<Integer, String> claimsBefore) {

  /** The members' mount, which is the data directory until the first restore. */
  public static final String MOUNT = "/var/lib/etcd";

  public RestoreCheck {
    Objects.requireNonNull(cluster, "cluster");
    claimsBefore = Map.copyOf(claimsBefore);
  }

  /**
   * Takes note of how things are before the loss.
   *
   * @param untouched the members whose volumes are going to stay, the survivor among them
   */
  public static RestoreCheck before(
      TestCluster cluster, int size, int survivor, List<Integer> untouched) {
    Map<Integer, String> claims = new TreeMap<>();
    untouched.forEach(ordinal -> claims.put(ordinal, cluster.claimUid(ordinal)));
    MemberStatus status = cluster.memberStatus(survivor);
    return new RestoreCheck(
        cluster, size, status.clusterId(), directory(cluster), status.revision(), claims);
  }

  private static String directory(TestCluster cluster) {
    return cluster
        .client()
        .configMaps()
        .inNamespace(cluster.namespace())
        .withName(cluster.name() + "-state")
        .require()
        .getData()
        .get("ETCD_DATA_DIR");
  }

  /** All of them; none throws. */
  public List<RecoveryCheck.Result> results() {
    List<RecoveryCheck.Result> results = new ArrayList<>();
    results.add(Found.check("the cluster id is another one, and both are told", this::clusterIds));
    results.add(Found.check("the revision is raised by the bump", this::revision));
    results.add(
        Found.check("whoever asks for a revision before is told that it is compacted", this::past));
    results.add(Found.check("all members use a new directory", this::newDirectory));
    results.add(
        Found.check(
            "the original data is where it was, of every volume that was there", this::originals));
    results.add(Found.check("no claim was deleted by the operator", this::claims));
    results.add(Found.check("the claims say what is kept on them", this::marks));
    results.add(Found.check("no restore pod is left", this::noRestorePod));
    return results;
  }

  private DataLossStatus loss() {
    return Optional.ofNullable(cluster.recovery().dataLoss).orElseGet(DataLossStatus::new);
  }

  private Found clusterIds() {
    Set<String> now = new TreeSet<>();
    TestCluster.ordinals(size).forEach(o -> now.add(cluster.memberStatus(o).clusterId()));
    boolean told =
        clusterIdBefore.equals(loss().clusterIdBefore) && now.equals(Set.of(after(loss())));
    return Found.of(
        told && !now.contains(clusterIdBefore),
        "%s before, %s now".formatted(clusterIdBefore, now));
  }

  private static String after(DataLossStatus loss) {
    return String.valueOf(loss.clusterIdAfter);
  }

  private Found revision() {
    long bump = Optional.ofNullable(loss().revisionBump).orElse(0L);
    long retained = Optional.ofNullable(loss().retainedRevision).orElse(0L);
    List<Long> now =
        TestCluster.ordinals(size).stream().map(o -> cluster.memberStatus(o).revision()).toList();
    boolean raised = now.stream().allMatch(revision -> revision >= retained + bump);
    return Found.of(
        bump > 0 && retained >= revisionBefore && raised,
        "%d retained, raised by %d, now %s".formatted(retained, bump, now));
  }

  private Found past() {
    int ordinal = claimsBefore.keySet().iterator().next();
    try {
      String printed = cluster.etcdctl(ordinal, "get", "--rev=" + revisionBefore, "any");
      return Found.of(false, "an answer: " + printed);
    } catch (RuntimeException refused) {
      String said = String.valueOf(refused.getMessage());
      return Found.of(said.contains("required revision has been compacted"), said);
    }
  }

  private Found newDirectory() {
    String now = directory(cluster);
    RecoveryStatus recovery = cluster.recovery();
    String recorded = MOUNT + "/" + recovery.lastKnown.directory;
    return Found.of(
        !now.equals(directoryBefore) && now.equals(recorded),
        "%s before, %s now".formatted(directoryBefore, now));
  }

  private Found originals() {
    Map<String, Long> revisions = new TreeMap<>();
    for (int ordinal : claimsBefore.keySet()) {
      String database = directoryBefore + "/member/snap/db";
      String printed = cluster.etcdutl(ordinal, "snapshot", "status", database, "-w", "json");
      revisions.put(cluster.pod(ordinal), EtcdctlAnswer.of(printed).databaseRevision());
    }
    boolean survivorsIsWhole =
        revisions.getOrDefault(survivor(), 0L).equals(loss().retainedRevision);
    return Found.of(
        survivorsIsWhole && revisions.values().stream().allMatch(revision -> revision > 1),
        "revisions in %s: %s".formatted(directoryBefore, revisions));
  }

  private String survivor() {
    return cluster.recovery().survivor.name;
  }

  private Found claims() {
    Map<Integer, String> now = new TreeMap<>();
    claimsBefore.keySet().forEach(ordinal -> now.put(ordinal, cluster.claimUid(ordinal)));
    return Found.of(now.equals(claimsBefore), now);
  }

  private Found marks() {
    String leaf =
        directoryBefore.equals(MOUNT) ? "." : directoryBefore.substring(MOUNT.length() + 1);
    String kept = cluster.recovery().id + "=" + leaf;
    String directory = cluster.recovery().lastKnown.directory;
    Map<Integer, String> now = new TreeMap<>();
    boolean holds = true;
    for (int ordinal : claimsBefore.keySet()) {
      String told = cluster.annotation(ordinal, ClaimAnnotations.KEPT).orElse("");
      holds &=
          List.of(told.split(",")).contains(kept)
              && cluster
                  .annotation(ordinal, ClaimAnnotations.DIRECTORY)
                  .equals(Optional.of(directory))
              && cluster.annotation(ordinal, ClaimAnnotations.MEMBER).isPresent();
      now.put(ordinal, told);
    }
    return Found.of(holds, "kept " + now);
  }

  private Found noRestorePod() {
    boolean there =
        cluster
                .client()
                .pods()
                .inNamespace(cluster.namespace())
                .withName(cluster.name() + "-restore")
                .get()
            != null;
    return Found.of(!there, there ? "still there" : "none");
  }
}
