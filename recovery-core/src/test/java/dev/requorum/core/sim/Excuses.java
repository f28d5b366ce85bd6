package dev.requorum.core.sim;

import dev.requorum.core.Decision;
import dev.requorum.ports.etcd.Member;
import dev.requorum.ports.etcd.MemberId;
import dev.requorum.ports.record.KnownMember;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** When a cluster that never comes back is held rightly: for each reason, what must be so. */
final class Excuses {

  private final World world;
  private final Epoch epoch;

  Excuses(World world) {
    this.world = world;
    this.epoch = world.ledger.newest();
  }

  boolean excuse(Decision last) {
    return switch (last.reason()) {
      case NO_SURVIVOR -> last.blocked() && !anyCouldBeChosen() && !onlyAMuteOneIsLeft();
      case SURVIVOR_NOT_HEALTHY -> last.blocked() && (survivorIsGone() || survivorIsMute());
      case VERIFYING, VERIFYING_AGAIN -> last.blocked() && survivorIsGone();
      case SINGLE_MEMBER ->
          last.blocked() && (onlyOneVoted() || nothingIsLeft() || recordedVoters().size() == 1);
      case MEMBER_UNREACHABLE -> last.blocked() && (anyIsForeign() || aMuteOnesClaimIsUnknown());
      case QUORUM_UNDETERMINED -> anyIsForeign() || majorityLivesByTheRecord();
      case MEMBER_UNHEALTHY ->
          !world.leaders().isEmpty() && (anyIsForeign() || anyIsBroken() || anyIsOfAFormerMember());
      case MEMBER_LIST_UNUSABLE -> anyIsForeign();
      case SURVIVOR_VOLUME_DOOMED ->
          last.blocked() && world.kube.claims.values().stream().anyMatch(Kube.Claim::terminating);
      case TEMPLATE_CHANGED -> last.blocked() && anyPodIsOutdated();
      default -> false;
    };
  }

  private Optional<Store> data(int ordinal) {
    return Optional.ofNullable(world.kube.claims.get(World.CLUSTER.memberName(ordinal)))
        .flatMap(claim -> world.members.store(claim.uid(), world.directory()));
  }

  private List<Store> all() {
    return IntStream.range(0, Net.MACHINES).boxed().flatMap(o -> data(o).stream()).toList();
  }

  /** Runs, answers, votes, and has what the cluster had when it was there last. */
  private boolean anyCouldBeChosen() {
    return world.members.running().stream()
        .filter(one -> one.store.epoch == epoch && one.store.base.isPresent())
        .filter(one -> one.serves && !one.store.corrupt && world.hasItsClaim(one))
        .anyMatch(
            one -> one.store.votes(one.store.id) && !one.store.removed.contains(one.store.id));
  }

  private boolean survivorIsGone() {
    return world
        .records
        .newest()
        .incident()
        .flatMap(incident -> incident.survivor())
        .flatMap(survivor -> data(survivor.ordinal()).filter(store -> !store.crashes))
        .isEmpty();
  }

  /** It was restarted before it could be copied, and serves nobody before it has seen a leader. */
  private boolean survivorIsMute() {
    return world
        .records
        .newest()
        .incident()
        .flatMap(incident -> incident.survivor())
        .filter(
            survivor ->
                world.members.running().stream()
                    .anyMatch(one -> one.store.id.equals(survivor.id()) && !one.serves))
        .isPresent();
  }

  /** No voter's data is on a claim that is there. */
  private boolean nothingIsLeft() {
    return all().stream().noneMatch(store -> store.epoch == epoch && store.votes(store.id));
  }

  private boolean onlyOneVoted() {
    return world.members.stores().stream()
        .filter(store -> store.epoch == epoch)
        .anyMatch(store -> store.voters() == 1);
  }

  /**
   * The last voter runs with its data, and its port stays shut until it has seen a leader, while no
   * other voter of its life has any, or a claim that may have some: then it has to be restored
   * from, though nobody could ask it.
   */
  private boolean onlyAMuteOneIsLeft() {
    List<Store> left =
        all().stream().filter(store -> store.epoch == epoch && store.votes(store.id)).toList();
    return left.size() == 1
        && left.get(0).voters() > 1
        && noOtherHasItsClaim(left.get(0).id)
        && !left.get(0).removed.contains(left.get(0).id)
        && world.members.running().stream()
            .anyMatch(one -> one.store == left.get(0) && !one.serves && world.hasItsClaim(one));
  }

  /** No look at the claims succeeded while it was seen to answer: it may run on anything. */
  private boolean aMuteOnesClaimIsUnknown() {
    return world.records.newest().lastKnown().members().stream()
        .filter(member -> member.volumeUid().isEmpty())
        .anyMatch(
            member ->
                world.members.running().stream()
                    .anyMatch(one -> one.store.id.equals(member.id()) && !one.serves));
  }

  /** Whatever is on that claim by now: nobody can see that. */
  private boolean noOtherHasItsClaim(MemberId one) {
    return world.records.newest().lastKnown().members().stream()
        .filter(member -> !member.id().equals(one))
        .noneMatch(
            member ->
                Optional.ofNullable(world.kube.claims.get(member.name()))
                    .map(Kube.Claim::uid)
                    .equals(member.volumeUid()));
  }

  /**
   * A removal or promotion that was confirmed may be unknown to those that are left, once its
   * leader is lost: they are a majority of the record's voters, and they elect nobody, for one of
   * them is mute or counts others among the voters.
   */
  private boolean majorityLivesByTheRecord() {
    List<KnownMember> voters = recordedVoters();
    List<Etcd> alive =
        world.members.running().stream()
            .filter(one -> voters.stream().anyMatch(voter -> voter.id().equals(one.store.id)))
            .toList();
    return 2 * alive.size() > voters.size()
        && alive.stream().anyMatch(one -> !one.serves || listsOthers(one.store, voters));
  }

  private static boolean listsOthers(Store store, List<KnownMember> voters) {
    return !store.members.stream()
        .filter(member -> !member.learner())
        .map(Member::id)
        .collect(Collectors.toSet())
        .equals(voters.stream().map(KnownMember::id).collect(Collectors.toSet()));
  }

  private List<KnownMember> recordedVoters() {
    return world.records.newest().lastKnown().voters();
  }

  private boolean anyIsForeign() {
    return all().stream().anyMatch(store -> store.foreign);
  }

  private boolean anyIsBroken() {
    return all().stream().anyMatch(store -> store.crashes);
  }

  /** A learner that was removed in the middle of the others left its data; nobody may delete it. */
  private boolean anyIsOfAFormerMember() {
    return world.leaders().stream()
        .anyMatch(
            leader -> all().stream().anyMatch(store -> leader.store.removed.contains(store.id)));
  }

  private boolean anyPodIsOutdated() {
    return world.kube.pods.values().stream()
        .anyMatch(pod -> !pod.template.equals(world.kube.template));
  }
}
