package dev.requorum.e2e.chaos;

import dev.requorum.e2e.scenario.TestCluster;
import dev.requorum.fabric8.status.RecoveryStatus;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What is left of the voters that a quorum last confirmed, by what the faults did and what the
 * processes answer; not by the operator's word, but for who the voters were.
 */
record Survivors(List<Voter> voters) {

  /**
   * @param intact its volume is the one it had, and was not emptied
   * @param answers its process answers, as that member
   * @param ended a fault ended its process about when the quorum was lost, or later: etcd opens its
   *     client port only once it has seen a leader, so that such a voter answers nobody
   */
  record Voter(String name, boolean intact, boolean answers, boolean ended) {}

  private static final Duration ABOUT = Duration.ofSeconds(10);

  Survivors {
    voters = List.copyOf(voters);
  }

  static Survivors of(Arena arena) {
    RecoveryStatus status = arena.cluster().recovery();
    if (status.lastKnown == null) {
      return new Survivors(List.of());
    }
    return new Survivors(
        status.lastKnown.members.stream()
            .filter(member -> !Boolean.TRUE.equals(member.learner))
            .map(member -> voter(arena, member))
            .toList());
  }

  private static Voter voter(Arena arena, RecoveryStatus.KnownMember member) {
    int ordinal = ordinal(member);
    boolean intact =
        claimUid(arena.cluster(), ordinal).equals(Optional.ofNullable(member.volumeUid))
            && !arena.struck().wasEmptied(member.memberId);
    boolean answers =
        arena
            .observer()
            .gateway(ordinal)
            .flatMap(Gateway::status)
            .filter(status -> status.memberId().equals(member.memberId))
            .isPresent();
    Instant lost = arena.writers().lastAccepted().orElse(Instant.MIN);
    boolean ended =
        arena.struck().endedAt(ordinal).filter(at -> at.plus(ABOUT).isAfter(lost)).isPresent();
    return new Voter(member.name, intact, answers, ended);
  }

  static int ordinal(RecoveryStatus.KnownMember member) {
    return Integer.parseInt(member.name.substring(member.name.lastIndexOf('-') + 1));
  }

  private static Optional<String> claimUid(TestCluster cluster, int ordinal) {
    return Optional.ofNullable(
            cluster
                .client()
                .persistentVolumeClaims()
                .inNamespace(cluster.namespace())
                .withName(cluster.claim(ordinal))
                .get())
        .map(PersistentVolumeClaim::getMetadata)
        .map(metadata -> metadata.getUid());
  }

  /** Whether the cluster has to come back, with or without a rebuild. */
  boolean suffice() {
    long intact = voters.stream().filter(Voter::intact).count();
    return intact >= voters.size() / 2 + 1
        || voters.stream().anyMatch(voter -> voter.intact() && (voter.answers() || !voter.ended()));
  }
}
