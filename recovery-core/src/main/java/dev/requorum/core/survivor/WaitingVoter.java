package dev.requorum.core.survivor;

import dev.requorum.core.quorum.Assessment;
import dev.requorum.core.quorum.Voter;
import dev.requorum.ports.ClusterRef;
import dev.requorum.ports.etcd.MemberId;
import dev.requorum.ports.record.KnownMember;
import dev.requorum.ports.record.LastKnown;
import dev.requorum.ports.record.Missing;
import dev.requorum.ports.record.Survivor;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The choice where no voter answers: a voter that was restarted without a quorum runs with its data
 * and serves no clients, so that nobody can ask what it has.
 *
 * <p>Such a voter is chosen only where nothing has to be compared: it is the only one of its kind,
 * and all other voters of the last membership that a quorum confirmed are gone for good. Two cannot
 * be ranked, and of a member that is merely down nobody knows whether it has more.
 */
final class WaitingVoter {

  private WaitingVoter() {}

  static Optional<Survivor> choose(ClusterRef cluster, Assessment assessment, LastKnown known) {
    List<Voter> waiting = waiting(assessment);
    boolean allOthersAreGone =
        assessment.missing(Missing.GONE).size() == assessment.voters().size() - 1;
    boolean alone = waiting.size() == 1 && allOthersAreGone && assessment.voters().size() > 1;
    return alone && isLastKnown(assessment, known)
        ? asSurvivor(cluster, waiting.get(0), known)
        : Optional.empty();
  }

  /** The voters that run and wait for a leader. */
  static List<Voter> waiting(Assessment assessment) {
    return assessment.voters().stream().filter(Voter::awaitsLeader).toList();
  }

  static String whyNone(Assessment assessment) {
    List<Voter> waiting = waiting(assessment);
    if (waiting.isEmpty() || !assessment.up().isEmpty()) {
      return "no member that answers has the cluster's data. Bring a member back with its volume,"
          + " or restore from a backup";
    }
    String run =
        "%s with data, but no clients are served before a leader was seen, so that nobody can tell"
                .formatted(names(waiting) + (waiting.size() == 1 ? " runs" : " run"))
            + " how much it is. Bring back as many other members, with their volumes, as make a"
            + " majority, and nothing is lost";
    List<Voter> down =
        assessment.missing(Missing.DOWN).stream().filter(v -> !v.awaitsLeader()).toList();
    if (waiting.size() == 1 && down.isEmpty()) {
      return run + ", or recover from that volume by hand";
    }
    return run
        + (down.isEmpty() ? "" : " (%s: %s)".formatted(names(down), down.get(0).detail()))
        + ". If that is impossible, decide which volume to keep, by the revisions last seen"
        + " (status.recovery.lastKnown), copy the others, and delete their claims and pods: from"
        + " the one that is left the cluster is recovered";
  }

  private static String names(List<Voter> voters) {
    return voters.stream().map(Voter::name).collect(Collectors.joining(", "));
  }

  /** Nobody answers who could tell of a membership after the one that is recorded. */
  private static boolean isLastKnown(Assessment assessment, LastKnown known) {
    Set<MemberId> assessed =
        assessment.voters().stream().map(Voter::id).collect(Collectors.toSet());
    Set<MemberId> recorded =
        known.voters().stream().map(KnownMember::id).collect(Collectors.toSet());
    return assessed.equals(recorded);
  }

  private static Optional<Survivor> asSurvivor(ClusterRef cluster, Voter voter, LastKnown known) {
    return known
        .member(voter.id())
        .map(KnownMember::revision)
        .filter(revision -> revision > 0)
        .filter(any -> cluster.ordinalOf(voter.name()).isPresent())
        .map(
            revision ->
                Survivor.lastSeenAt(
                    voter.id(),
                    voter.name(),
                    cluster.ordinalOf(voter.name()).orElseThrow(),
                    revision));
  }
}
