package dev.requorum.core.recovery;

import dev.requorum.core.Observation;
import dev.requorum.core.quorum.Assessment;
import dev.requorum.core.quorum.Voter;
import dev.requorum.core.survivor.SurvivorChoice;
import dev.requorum.ports.record.KnownMember;
import dev.requorum.ports.record.LastKnown;
import dev.requorum.ports.record.Missing;
import dev.requorum.ports.record.PassedOver;
import dev.requorum.ports.record.Survivor;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Members that are merely down and were seen at a later revision than the best of those that
 * answer. They are waited for, for as long as a loss has to last where anybody is down, and passed
 * over then. A member that is gone for good is neither: what only it had is lost.
 */
final class FresherVolumes {

  private FresherVolumes() {}

  /** Those that are fresher than the survivor would be, the latest first; none without one. */
  static List<PassedOver> ofAny(Observation seen, Assessment loss, LastKnown known) {
    return SurvivorChoice.choose(seen.goal().cluster(), loss, known, seen.workload())
        .map(survivor -> than(survivor, seen, loss, known))
        .orElseGet(List::of);
  }

  /** Those that are fresher than this survivor, the latest first. */
  static List<PassedOver> than(
      Survivor survivor, Observation seen, Assessment loss, LastKnown known) {
    return loss.missing(Missing.DOWN).stream()
        .flatMap(voter -> known.member(voter.id()).stream())
        .filter(member -> member.revision() > survivor.revision())
        .sorted(
            Comparator.comparingLong(KnownMember::revision)
                .reversed()
                .thenComparing(KnownMember::id))
        .flatMap(
            member ->
                seen.workload().volume(member.name()).stream()
                    .map(
                        volume ->
                            new PassedOver(
                                member.id(), member.name(), volume.uid(), member.revision())))
        .toList();
  }

  /**
   * That they are waited for.
   *
   * @param until when, at the earliest
   */
  static String waitedFor(List<PassedOver> fresher, Assessment loss, Instant until) {
    boolean runs = loss.voter(fresher.get(0).id()).filter(Voter::awaitsLeader).isPresent();
    return ("%s was seen at a later revision than any member that answers, and its volume is still"
            + " there: %s, and nothing of that is lost. It is waited for until %s at"
            + " the earliest (spec.recovery.downGracePeriod)")
        .formatted(
            named(fresher),
            runs
                ? "it runs and waits for a leader, so bring others back until a majority runs"
                : "make its pod run",
            until.truncatedTo(ChronoUnit.SECONDS));
  }

  /** By name and revision. */
  static String named(List<PassedOver> fresher) {
    return fresher.stream()
        .map(member -> "%s (revision %d)".formatted(member.name(), member.revision()))
        .collect(Collectors.joining(", "));
  }
}
