package dev.requorum.core.quorum;

import dev.requorum.core.Observation;
import dev.requorum.ports.Fact;
import dev.requorum.ports.etcd.ClusterId;
import dev.requorum.ports.etcd.Member;
import dev.requorum.ports.etcd.MemberAnswer;
import dev.requorum.ports.etcd.MemberId;
import dev.requorum.ports.etcd.MemberStatus;
import dev.requorum.ports.record.KnownMember;
import dev.requorum.ports.record.LastKnown;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Tells whether a cluster has a quorum, from one look and what was last known good.
 *
 * <p>The voters are those of etcd's own membership, joined to answers and pods by name and member
 * id. Without a quorum two accounts of that membership exist: that of the freshest member that
 * answers, and the one last confirmed by a quorum. A loss is certain only where it is one under
 * both, or where the one last confirmed has nobody who could know better than those that answer: a
 * member that was promoted since, and lost before this was seen, is a voter by the freshest alone.
 */
public final class QuorumAssessor {

  private final Observation observation;
  private final LastKnown known;

  private QuorumAssessor(Observation observation, LastKnown known) {
    this.observation = observation;
    this.known = known;
  }

  /** The verdict on this look. */
  public static Assessment assess(Observation observation, LastKnown known) {
    return new QuorumAssessor(observation, known).assess();
  }

  private Assessment assess() {
    Optional<List<Member>> confirmed = confirmedMembers();
    if (confirmed.isPresent()) {
      List<Voter> voters = votersOf(confirmed.get());
      return new Assessment(
          Verdict.QUORATE,
          voters,
          confirmed,
          leaderAmong(voters),
          "a quorum confirmed the member list");
    }
    List<List<Voter>> accounts = accounts();
    List<Voter> voters = accounts.isEmpty() ? List.of() : accounts.get(0);
    Optional<MemberId> leader = leaderAmong(voters);
    if (leader.isPresent()) {
      return verdict(
          Verdict.QUORATE,
          voters,
          leader,
          "a majority of the voters follows leader " + leader.get());
    }
    if (!voters.isEmpty() && lost(voters) && accounts.stream().allMatch(a -> agrees(a, voters))) {
      return verdict(
          Verdict.LOST,
          voters,
          Optional.empty(),
          "%d of %d voters are gone or down, no leader can be elected"
              .formatted(Collections.frequency(healths(voters), Health.MISSING), voters.size()));
    }
    return verdict(Verdict.UNDETERMINED, voters, Optional.empty(), whyUndetermined(voters));
  }

  private static Assessment verdict(
      Verdict verdict, List<Voter> voters, Optional<MemberId> leader, String why) {
    return new Assessment(verdict, voters, Optional.empty(), leader, why);
  }

  private static boolean lost(List<Voter> voters) {
    return QuorumRule.majorityImpossible(healths(voters));
  }

  /** The only voter needs no other to lead: one that awaits a leader all the same is missing. */
  private static List<Health> healths(List<Voter> voters) {
    return voters.stream()
        .map(v -> v.awaitsLeader() && voters.size() == 1 ? Health.MISSING : v.health())
        .toList();
  }

  /**
   * Whether a loss among these voters is one by another account as well. Where it is none, it may
   * still be known that nobody can elect a leader: each voter of that account is either missing or
   * says itself that it is lost; and each of these that is missing was known.
   */
  private boolean agrees(List<Voter> account, List<Voter> voters) {
    return lost(account)
        || !leaderKnown()
            && account.stream().allMatch(this::cannotElect)
            && voters.stream().allMatch(one -> one.isUp() || known.member(one.id()).isPresent());
  }

  private boolean cannotElect(Voter one) {
    return one.health() == Health.MISSING
        || one.isUp()
            && observation.etcd().answers().get(one.name()).membersAsKnown().value().stream()
                .anyMatch(members -> lost(votersOf(members)));
  }

  private String whyUndetermined(List<Voter> voters) {
    if (voters.isEmpty()) {
      return "no membership is known and no member answers";
    }
    String list = observation.etcd().linearizableMembers().why().orElse("it is empty");
    return voters.stream()
        .filter(voter -> voter.health() == Health.UNKNOWN)
        .findFirst()
        .map(QuorumAssessor::whyUnknown)
        .orElse("the voters that answer agree on no leader, and the member list: " + list);
  }

  private static String whyUnknown(Voter voter) {
    return voter.name()
        + ": "
        + voter.detail()
        + (voter.awaitsLeader()
            ? ". With the others that run it could elect one; look for what keeps them apart"
            : "");
  }

  /** The linearizable member list, where it is this very cluster's. */
  private Optional<List<Member>> confirmedMembers() {
    return observation
        .etcd()
        .linearizableMembers()
        .value()
        .filter(members -> !members.isEmpty())
        .filter(members -> members.stream().anyMatch(member -> statusOf(member).isPresent()))
        .map(members -> members.stream().sorted().toList());
  }

  /** What the member of this list entry says of itself; empty where another one answers for it. */
  private Optional<MemberStatus> statusOf(Member member) {
    return observation
        .etcd()
        .status(member.podName())
        .filter(status -> status.id().equals(member.id()))
        .filter(this::isOurs);
  }

  private boolean isOurs(MemberStatus status) {
    return isOurs(status.clusterId());
  }

  private boolean isOurs(ClusterId cluster) {
    return known.clusterId().map(cluster::equals).orElse(true);
  }

  private List<List<Voter>> accounts() {
    List<List<Voter>> accounts = new ArrayList<>();
    freshestAccount().map(this::votersOf).filter(v -> !v.isEmpty()).ifPresent(accounts::add);
    if (!known.members().isEmpty()) {
      accounts.add(known.voters().stream().map(member -> voter(member.asMember())).toList());
    }
    return accounts;
  }

  /** The membership as the freshest member that answers knows it. */
  private Optional<List<Member>> freshestAccount() {
    Comparator<MemberAnswer> freshness =
        Comparator.comparing(
            (MemberAnswer answer) -> answer.status().value().orElseThrow(), Freshness.ORDER);
    return observation.etcd().answers().values().stream()
        .filter(answer -> answer.status().value().filter(this::isOurs).isPresent())
        .filter(answer -> answer.membersAsKnown().isKnown())
        .max(freshness)
        .map(MemberAnswer::membersAsKnown)
        .flatMap(Fact::value);
  }

  private List<Voter> votersOf(List<Member> members) {
    return members.stream().filter(member -> !member.learner()).sorted().map(this::voter).toList();
  }

  private Voter voter(Member member) {
    String name = member.podName();
    Optional<MemberStatus> status = statusOf(member);
    if (status.isPresent()) {
      return Voter.up(member.id(), name, status.get());
    }
    if (observation.goal().cluster().ordinalOf(name).isEmpty()) {
      Absence elsewhere =
          Absence.unreachable(
              "it runs in no pod of this cluster, so Kubernetes knows nothing of it");
      return Voter.absent(member.id(), name, elsewhere, elsewhere.detail());
    }
    Optional<KnownMember> last = known.member(member.id());
    Absence absence = Absence.of(name, last, observation.workload(), servesPeersOnly(name));
    return Voter.absent(member.id(), name, absence, absence.detail() + stranger(name));
  }

  /** Where anybody knows a leader, there may be one whom this member knows, too, and it is slow. */
  private boolean servesPeersOnly(String name) {
    return !leaderKnown() && observation.etcd().peersOnly(name).filter(this::isOurs).isPresent();
  }

  private boolean leaderKnown() {
    return observation.etcd().answers().values().stream()
        .flatMap(answer -> answer.status().value().stream())
        .anyMatch(status -> isOurs(status) && status.leader().isPresent());
  }

  /** Who answers in a member's place. */
  private String stranger(String name) {
    return observation
        .etcd()
        .status(name)
        .map(
            status ->
                " (member %s of cluster %s answers there)"
                    .formatted(status.id(), status.clusterId()))
        .orElse("");
  }

  /**
   * The leader that a majority of the voters follows, itself included and in one term. A leader
   * that only one member speaks of is none (S05).
   */
  private static Optional<MemberId> leaderAmong(List<Voter> voters) {
    return voters.stream()
        .flatMap(voter -> voter.status().stream())
        .filter(MemberStatus::leadsItself)
        .filter(leader -> followers(voters, leader) >= QuorumRule.majority(voters.size()))
        .map(MemberStatus::id)
        .findFirst();
  }

  private static long followers(List<Voter> voters, MemberStatus leader) {
    return voters.stream()
        .flatMap(voter -> voter.status().stream())
        .filter(status -> status.raftTerm() == leader.raftTerm())
        .filter(status -> status.leader().equals(Optional.of(leader.id())))
        .count();
  }
}
