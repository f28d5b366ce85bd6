package dev.requorum.core.model;

import dev.requorum.ports.etcd.ClusterId;
import dev.requorum.ports.etcd.Member;
import dev.requorum.ports.etcd.MemberEndpoint;
import dev.requorum.ports.etcd.MemberId;
import dev.requorum.ports.kubernetes.InitialCluster;
import dev.requorum.ports.kubernetes.RestoreOrder;
import java.net.URI;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * etcd as far as a recovery has to do with it: disks bound to claims, processes bound to pods, a
 * leader exactly where a majority of the voters of its own membership reach it, and the rules by
 * which a member starts. After {@link #settle} everything that could happen has happened.
 *
 * <p>It is adversarial: members that were removed while they were away elect a leader among
 * themselves before anybody tells them, if they can. Two leaders of one cluster are a fork.
 */
final class SimulatedEtcd {

  /** Data that makes etcd crash at its start, by its place. */
  private final Set<String> broken = new HashSet<>();

  /** Directories that a restore was killed in. */
  private final Set<String> inPieces = new HashSet<>();

  /**
   * Whether a member that starts serves no clients before it has seen a leader, as etcd does. Where
   * it is not so, a member that was restarted stands for one that was cut off meanwhile.
   */
  boolean waitsForLeader;

  /** Pods that answer nobody's questions although they run. */
  final Set<String> muted = new HashSet<>();

  /** Learners that never catch up. */
  final Set<String> laggards = new HashSet<>();

  /**
   * Pods cut off from all others, the operator included, by the number of their island; 0 is ours.
   */
  final Map<String, Integer> islands = new HashMap<>();

  private final Map<String, Disk> disks = new TreeMap<>();
  private final Map<String, MemberProcess> processes = new TreeMap<>();
  private final List<String> disasters = new ArrayList<>();
  private long idsGiven = 0x100;
  private int membersDroppedTimes;

  /** Starts a member; what it complains about where it exits at once. */
  Optional<String> start(MemberStart start) {
    String place =
        place(start.claimUid(), start.initialCluster().flatMap(told -> told.directory()));
    if (broken.contains(place)) {
      return Optional.of("CrashLoopBackOff: panic");
    }
    if (inPieces.contains(place)) {
      return Optional.of("CrashLoopBackOff: the data directory is in pieces");
    }
    Disk disk = disks.get(place);
    if (disk == null) {
      Optional<Disk> fresh = firstStart(start);
      if (fresh.isEmpty()) {
        return Optional.of("CrashLoopBackOff: couldn't find local name");
      }
      disk = fresh.get();
      blame(disk, start.pod());
      disks.put(place, disk);
    }
    if (start.forceFlag()) {
      if (!disk.votes(disk.id)) {
        return Optional.of("CrashLoopBackOff: panic, a learner cannot be forced");
      }
      force(disk);
    } else if (disk.removed.contains(disk.id)) {
      return Optional.of("CrashLoopBackOff: permanently removed from the cluster");
    }
    MemberProcess process = new MemberProcess(start.pod(), start.podUid(), start.ip(), disk);
    process.serves = !waitsForLeader;
    processes.put(start.podUid(), process);
    settle();
    return Optional.empty();
  }

  private void blame(Disk fresh, String pod) {
    boolean sameVoter =
        fresh.votes(fresh.id)
            && disks.values().stream()
                .anyMatch(old -> old.id.equals(fresh.id) && old.cluster.equals(fresh.cluster));
    boolean noMemberOfIts =
        !disks.isEmpty()
            && disks.values().stream().noneMatch(old -> old.cluster.equals(fresh.cluster));
    if (sameVoter) {
      disasters.add(pod + " is back under its old id with an empty disk");
    }
    if (noMemberOfIts) {
      disasters.add(pod + " started an empty cluster beside the one there was");
    }
  }

  private void force(Disk disk) {
    Member self = disk.listed(disk.id).orElseThrow();
    membersDroppedTimes += disk.membership.size() > 1 ? 1 : 0;
    disk.membership.stream()
        .map(Member::id)
        .filter(id -> !id.equals(disk.id))
        .forEach(disk.removed::add);
    disk.membership = List.of(self);
  }

  private Optional<Disk> firstStart(MemberStart start) {
    Optional<InitialCluster> told = start.initialCluster();
    Optional<URI> own = told.map(t -> t.members().get(start.pod()));
    if (own.isEmpty()) {
      return Optional.empty();
    }
    return told.get().state() == InitialCluster.State.NEW
        ? Optional.of(bootstrap(start.pod(), told.get()))
        : join(start.pod(), own.get(), told.get());
  }

  /** The ids follow from the configuration, as they do in etcd. */
  private static Disk bootstrap(String pod, InitialCluster told) {
    ClusterId cluster = new ClusterId(told.members().hashCode());
    List<Member> members =
        told.members().entrySet().stream()
            .map(e -> new Member(bootstrapId(e.getKey()), e.getKey(), List.of(e.getValue()), false))
            .toList();
    Disk disk = new Disk(bootstrapId(pod), cluster, members);
    disk.term = 1;
    disk.index = members.size();
    disk.revision = 1;
    return disk;
  }

  private static MemberId bootstrapId(String pod) {
    return new MemberId(Integer.parseInt(pod.replaceAll(".*[^0-9]", "")) + 1);
  }

  private Optional<Disk> join(String pod, URI own, InitialCluster told) {
    return onIsland(islandOf(pod)).stream()
        .filter(p -> p.leader.isPresent())
        .filter(p -> urls(p.disk.membership).equals(new HashSet<>(told.members().values())))
        .findFirst()
        .flatMap(
            p ->
                p.disk.membership.stream()
                    .filter(m -> m.peerUrls().contains(own))
                    .findFirst()
                    .map(m -> new Disk(m.id(), p.disk.cluster, p.disk.membership)));
  }

  private static Set<URI> urls(Collection<Member> members) {
    Set<URI> urls = new HashSet<>();
    members.forEach(m -> urls.addAll(m.peerUrls()));
    return urls;
  }

  void stop(String podUid) {
    processes.remove(podUid);
    settle();
  }

  /** Elects where it can, replicates, and stops whoever learns that it was removed. */
  void settle() {
    Map<ClusterId, String> leaders = new HashMap<>();
    Set<Integer> all = new HashSet<>(islands.values());
    all.add(0);
    for (int island : all) {
      List<MemberProcess> rest = new ArrayList<>(onIsland(island));
      rest.sort(MemberProcess.CANDIDACY);
      while (electOneOf(rest, leaders)) {}
      rest.forEach(p -> p.leader = Optional.empty());
      stopRemoved(rest, island);
    }
    if (leaders.size() > 1) {
      disasters.add("two clusters take writes: led by " + leaders.values());
    }
  }

  private boolean electOneOf(List<MemberProcess> rest, Map<ClusterId, String> leaders) {
    for (MemberProcess candidate : rest) {
      Disk led = candidate.disk;
      List<MemberProcess> followers =
          rest.stream()
              .filter(p -> p.disk.cluster.equals(led.cluster) && led.listed(p.disk.id).isPresent())
              .filter(p -> !p.disk.removed.contains(led.id))
              .toList();
      long votes = followers.stream().filter(p -> led.votes(p.disk.id)).count();
      if (led.votes(led.id) && 2 * votes > led.voters()) {
        lead(candidate, followers);
        String other = leaders.put(led.cluster, candidate.pod);
        if (other != null) {
          disasters.add(other + " and " + candidate.pod + " lead one cluster");
        }
        rest.removeAll(followers);
        return true;
      }
    }
    return false;
  }

  private void lead(MemberProcess leader, List<MemberProcess> followers) {
    if (!leader.leadsItself()) {
      leader.disk.term = 1 + followers.stream().mapToLong(p -> p.disk.term).max().orElse(0);
      leader.disk.index++;
    }
    followers.forEach(p -> publish(leader.disk, p));
    for (MemberProcess follower : followers) {
      follower.leader = Optional.of(leader.disk.id);
      follower.serves = true;
      if (laggards.contains(follower.pod) && !leader.disk.votes(follower.disk.id)) {
        follower.disk.meet(leader.disk);
      } else if (follower != leader) {
        follower.disk.follow(leader.disk);
      }
    }
  }

  private static void publish(Disk led, MemberProcess follower) {
    led.membership =
        led.membership.stream()
            .map(
                m ->
                    m.id().equals(follower.disk.id)
                        ? new Member(m.id(), follower.pod, m.peerUrls(), m.learner())
                        : m)
            .toList();
  }

  private void stopRemoved(List<MemberProcess> rest, int island) {
    for (MemberProcess lonely : rest) {
      boolean told =
          onIsland(island).stream().anyMatch(p -> p.disk.removed.contains(lonely.disk.id));
      if (told) {
        lonely.disk.removed.add(lonely.disk.id);
        processes.remove(lonely.podUid);
      }
    }
  }

  /** One more write, acknowledged; false where there is no leader to write through. */
  boolean write() {
    Optional<MemberProcess> leader = leader();
    leader.ifPresent(
        p -> {
          p.disk.index++;
          p.disk.revision++;
          settle();
        });
    return leader.isPresent();
  }

  /** Commits a change of the membership through the leader. */
  void commit(MemberProcess leader, List<Member> members) {
    leader.disk.membership.stream()
        .map(Member::id)
        .filter(id -> members.stream().noneMatch(m -> m.id().equals(id)))
        .forEach(leader.disk.removed::add);
    leader.disk.membership = List.copyOf(members);
    leader.disk.index++;
    settle();
  }

  /** How often a forced start dropped other members. */
  int membersDroppedTimes() {
    return membersDroppedTimes;
  }

  MemberId nextId() {
    return new MemberId(idsGiven++);
  }

  /** The leader that clients on our island write through. */
  Optional<MemberProcess> leader() {
    return onIsland(0).stream().filter(MemberProcess::leadsItself).findFirst();
  }

  /** True where any island has a leader, whether the operator can see it or not. */
  boolean anyLeader() {
    return processes.values().stream().anyMatch(MemberProcess::leadsItself);
  }

  Optional<MemberProcess> process(String podUid) {
    return Optional.ofNullable(processes.get(podUid));
  }

  List<MemberProcess> onIsland(int island) {
    return processes.values().stream().filter(p -> islandOf(p.pod) == island).toList();
  }

  private int islandOf(String pod) {
    return islands.getOrDefault(pod, 0);
  }

  Optional<MemberProcess> answering(MemberEndpoint endpoint) {
    return onIsland(0).stream()
        .filter(p -> p.ip.equals(endpoint.clientUrl().getHost()) && !muted.contains(p.pod))
        .filter(p -> p.serves)
        .findFirst();
  }

  /** The cluster of the one at this address that has not seen a leader since it started. */
  Optional<ClusterId> peersOnly(MemberEndpoint endpoint) {
    return onIsland(0).stream()
        .filter(p -> p.ip.equals(endpoint.clientUrl().getHost()) && !muted.contains(p.pod))
        .filter(p -> !p.serves)
        .map(p -> p.disk.cluster)
        .findFirst();
  }

  Optional<Disk> disk(String claimUid, Optional<String> directory) {
    return Optional.ofNullable(disks.get(place(claimUid, directory)));
  }

  void breakData(String claimUid, Optional<String> directory) {
    broken.add(place(claimUid, directory));
  }

  void mendData(String claimUid, Optional<String> directory) {
    broken.remove(place(claimUid, directory));
  }

  private static String place(String claimUid, Optional<String> directory) {
    return claimUid + "/" + directory.orElse("");
  }

  /**
   * Restores what is in a directory into another one, as a cluster of that member alone.
   *
   * @param whole false where it is killed in the middle
   * @return what it complains about
   */
  Optional<String> restore(RestoreOrder order, boolean whole) {
    String from = place(order.volumeUid(), order.from());
    String to = place(order.volumeUid(), Optional.of(order.directory()));
    if (running().stream().anyMatch(process -> process.pod.equals(order.survivor()))) {
      disasters.add("the database of " + order.survivor() + " was read while it ran");
    }
    if (disks.containsKey(to) || inPieces.contains(to)) {
      return Optional.of("data-dir not empty");
    }
    if (!disks.containsKey(from)) {
      return Optional.of("no such file or directory");
    }
    if (!whole) {
      inPieces.add(to);
      return Optional.of("killed");
    }
    disks.put(to, reborn(disks.get(from), order));
    membersDroppedTimes++;
    return Optional.empty();
  }

  private Disk reborn(Disk original, RestoreOrder order) {
    MemberId id = nextId();
    Member alone = new Member(id, order.survivor(), List.of(order.peerUrl()), false);
    Disk disk = new Disk(id, new ClusterId(order.token().hashCode()), List.of(alone));
    disk.term = 1;
    disk.index = 1;
    disk.revision = original.revision + order.revisionBump();
    return disk;
  }

  List<MemberProcess> running() {
    return List.copyOf(processes.values());
  }

  /** Forks, members without their memory, and empty clusters in the place of full ones. */
  List<String> disasters() {
    return List.copyOf(disasters);
  }
}
