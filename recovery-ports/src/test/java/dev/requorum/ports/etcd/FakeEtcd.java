package dev.requorum.ports.etcd;

import java.net.URI;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * An etcd cluster in memory, for tests: members with disks of their own, a membership, and a leader
 * exactly when a majority of the voters is up. There is no time in it: after each call the cluster
 * has settled. Safe for use by several threads.
 *
 * <p>A voter that comes up has caught up at once; a learner only when {@link #catchUp} says so. A
 * member that was started serves only peers until it has seen a leader. Disks are sealed: a member
 * whose disk was wiped cannot start again until it was removed and added anew.
 */
public final class FakeEtcd {

  static final String VERSION = "3.6.16";

  static final ClusterId CLUSTER = ClusterId.parse("cdf818194e3a8c32");
  private static final long FIRST_ID = MemberId.parse("8e9e05c52164694d").bits();

  private final Map<String, FakeReplica> disks = new TreeMap<>();
  private List<Member> members = new ArrayList<>();
  private Optional<FakeReplica> leader = Optional.empty();
  private long idsGiven;

  /** A healthy cluster of these voters. */
  public FakeEtcd(String... voters) {
    for (String name : voters) {
      MemberId id = nextId();
      members.add(new Member(id, name, List.of(peerUrl(name)), false));
      disks.put(name, new FakeReplica(id, name, true));
    }
    settle();
  }

  public MemberProbe probe() {
    return new FakeMemberProbe(this);
  }

  public Membership membership() {
    return new FakeMembership(this);
  }

  public MemberData data() {
    return new FakeMemberData(this);
  }

  public static MemberEndpoint endpoint(String name) {
    return new MemberEndpoint(name, URI.create("http://" + name + ".etcd.invalid:2379"));
  }

  public static URI peerUrl(String name) {
    return URI.create("http://" + name + ".etcd.invalid:2380");
  }

  /** The endpoints of all members that have a disk, up or not. */
  public synchronized List<MemberEndpoint> endpoints() {
    return disks.keySet().stream().map(FakeEtcd::endpoint).toList();
  }

  /** The id of the member that has this name's disk. */
  public synchronized MemberId id(String name) {
    return replica(name).id;
  }

  public synchronized Optional<MemberId> leader() {
    return leader.map(replica -> replica.id);
  }

  /** The committed membership, sorted by member id. */
  public synchronized List<Member> members() {
    return members.stream().sorted().toList();
  }

  public synchronized void kill(String name) {
    replica(name).up = false;
    settle();
  }

  /**
   * Starts a member that was killed, or for the first time one that was added at {@link #peerUrl}.
   *
   * @throws IllegalStateException where the membership has no such member, or its disk is gone
   */
  public synchronized void start(String name) {
    FakeReplica replica = disks.computeIfAbsent(name, this::join);
    if (listed(replica.id).isEmpty()) {
      throw new IllegalStateException(name + " is not a member any more");
    }
    replica.up = true;
    replica.serves = false;
    replica.staleLeader = Optional.empty();
    settle();
  }

  /** Kills the member and destroys its disk. */
  public synchronized void wipe(String name) {
    kill(name);
    disks.remove(name);
  }

  /** The member hangs, as far as our questions go, until {@link #unmute}; it goes on otherwise. */
  public synchronized void mute(String name) {
    replica(name).muted = true;
  }

  public synchronized void unmute(String name) {
    replica(name).muted = false;
  }

  /** The member names this one as its leader, whatever is so, until it starts again. */
  public synchronized void claimLeader(String name, MemberId claimed) {
    replica(name).staleLeader = Optional.of(claimed);
  }

  /** Lets a learner have all that the leader has, and keep up from now on. */
  public synchronized void catchUp(String name) {
    replica(name).caughtUp = true;
    settle();
  }

  /**
   * Writes through the leader.
   *
   * @throws IllegalStateException where there is none
   */
  public synchronized void put(String key, String value) {
    FakeReplica writer = requireLeader();
    writer.store.put(key, value);
    writer.revision++;
    commit(writer);
  }

  /** What {@code --force-new-cluster} does: the member is the only one, with what its disk has. */
  public synchronized void forceNewCluster(String name) {
    FakeReplica survivor = replica(name);
    members = new ArrayList<>(List.of(listed(survivor.id).orElseThrow()));
    survivor.up = true;
    leader = Optional.empty();
    settle();
  }

  Optional<FakeReplica> answering(MemberEndpoint endpoint) {
    return Optional.ofNullable(disks.get(endpoint.name()))
        .filter(replica -> endpoint.equals(endpoint(replica.name)))
        .filter(replica -> replica.up && replica.serves && !replica.muted);
  }

  Optional<ClusterId> peersOnly(MemberEndpoint endpoint) {
    return Optional.ofNullable(disks.get(endpoint.name()))
        .filter(replica -> endpoint.equals(endpoint(replica.name)))
        .filter(replica -> replica.up && !replica.serves && !replica.muted)
        .map(waiting -> CLUSTER);
  }

  Optional<Member> listed(MemberId id) {
    return members.stream().filter(member -> member.id().equals(id)).findFirst();
  }

  boolean isLearner(FakeReplica replica) {
    return listed(replica.id).filter(Member::learner).isPresent();
  }

  /** Whether the answer of one of these has a quorum behind it. */
  boolean confirmedBy(List<MemberEndpoint> endpoints) {
    return leader.isPresent()
        && endpoints.stream()
            .flatMap(endpoint -> answering(endpoint).stream())
            .anyMatch(replica -> votes(replica.id));
  }

  long voters() {
    return members.stream().filter(member -> !member.learner()).count();
  }

  /** The member of this id, if it is up. */
  Optional<FakeReplica> running(MemberId id) {
    return disks.values().stream().filter(r -> r.id.equals(id) && r.up).findFirst();
  }

  MemberId nextId() {
    return new MemberId(FIRST_ID + idsGiven++);
  }

  /** Makes this the membership, through the leader. */
  void changeMembers(List<Member> changed) {
    FakeReplica writer = requireLeader();
    members = new ArrayList<>(changed);
    disks.values().stream()
        .filter(replica -> listed(replica.id).isEmpty())
        .forEach(replica -> replica.up = false);
    commit(writer);
  }

  private FakeReplica join(String name) {
    Member added =
        members.stream()
            .filter(member -> member.name().isEmpty() && member.podName().equals(name))
            .findFirst()
            .orElseThrow(() -> new IllegalStateException(name + " has no disk and was not added"));
    members.remove(added);
    members.add(new Member(added.id(), name, added.peerUrls(), added.learner()));
    return new FakeReplica(added.id(), name, false);
  }

  private void commit(FakeReplica writer) {
    writer.index++;
    settle();
  }

  /** Elects where it must and can; then everybody who is up has what the leader has. */
  private void settle() {
    List<FakeReplica> candidates = upVoters();
    if (candidates.size() <= voters() / 2) {
      leader = Optional.empty();
      return;
    }
    if (leader.filter(candidates::contains).isEmpty()) {
      FakeReplica elected =
          candidates.stream()
              .max(Comparator.<FakeReplica>comparingLong(r -> r.term).thenComparing(r -> r.index))
              .orElseThrow();
      elected.term++;
      elected.index++;
      leader = Optional.of(elected);
    }
    FakeReplica led = requireLeader();
    led.membersKnown = members();
    led.serves = true;
    disks.values().stream()
        .filter(replica -> replica != led && replica.up && listed(replica.id).isPresent())
        .forEach(replica -> replica.follow(led));
  }

  List<FakeReplica> upVoters() {
    return disks.values().stream().filter(replica -> replica.up && votes(replica.id)).toList();
  }

  private boolean votes(MemberId id) {
    return listed(id).filter(member -> !member.learner()).isPresent();
  }

  private FakeReplica requireLeader() {
    return leader.orElseThrow(() -> new IllegalStateException("the cluster has no leader"));
  }

  private FakeReplica replica(String name) {
    return Optional.ofNullable(disks.get(name))
        .orElseThrow(() -> new IllegalArgumentException("no member has a disk named " + name));
  }
}
