package dev.requorum.core.recovery;

import dev.requorum.core.quorum.QuorumRule;
import dev.requorum.core.recovery.LossAccount.Retained;
import dev.requorum.ports.ClusterGoal;
import dev.requorum.ports.ClusterRef;
import dev.requorum.ports.record.KnownMember;
import dev.requorum.ports.record.LastKnown;
import dev.requorum.ports.record.LossBounds;
import dev.requorum.ports.record.RecoveryPlan;
import dev.requorum.ports.record.Survivor;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The account of a loss in words: what was kept, what is lost for certain, what may be, where the
 * data from before is, and what to do.
 *
 * @param retained what was kept
 */
record LossMessage(
    RebuildScene scene, Retained retained, LossBounds lost, Optional<String> original) {

  /** What a plan would lose, as far as it can be known before. */
  static String expected(RecoveryPlan plan, LastKnown known) {
    long revision = plan.survivor().revision();
    if (!plan.survivor().answered()) {
      return "What it has not seen would be lost%s; how much that is can be told once it serves"
          .formatted(freshest(known, revision).map(" (%s)"::formatted).orElse(""));
    }
    long atLeast = LossAccount.atLeast(known, plan.passedOver(), revision);
    return atLeast == 0
        ? "No member was seen at a later revision; writes acknowledged after the last look may be"
            + " lost all the same"
        : "At least %d revisions would be lost%s, and perhaps later ones"
            .formatted(atLeast, freshest(known, revision).map(", for "::concat).orElse(""));
  }

  String inWords() {
    return Stream.of(
            Optional.of(kept()),
            Optional.of(lostForCertain()),
            Optional.of(lostPerhaps()),
            passedOver(),
            restored(),
            original.map("The data from before is kept: %s."::formatted),
            Optional.of(toDo()))
        .flatMap(Optional::stream)
        .collect(Collectors.joining(" "));
  }

  private Survivor survivor() {
    return scene.survivor();
  }

  private LastKnown known() {
    return scene.record().lastKnown();
  }

  private String kept() {
    return switch (survivor().basis()) {
      case ANSWERED ->
          "The cluster was rebuilt from %s (%s), which had revision %d; all up to that is kept."
              .formatted(survivor().name(), survivor().id(), retained.proven());
      case LAST_SEEN ->
          ("The cluster was rebuilt from %s (%s), the only member left. It served no clients, so"
                  + " that it could not be asked before; it was last seen at revision %d. All up to"
                  + " revision %d is kept%s.")
              .formatted(
                  survivor().name(),
                  survivor().id(),
                  survivor().revision(),
                  retained.proven(),
                  perhapsMore());
    };
  }

  private String perhapsMore() {
    return retained.atMost() > retained.proven()
        ? ", and perhaps all up to %d: what is later is kept or was written since"
            .formatted(retained.atMost())
        : "";
  }

  private String lostForCertain() {
    if (lost.atLeast() == 0) {
      return "No member was seen at a later revision before the loss.";
    }
    return "Lost for certain: at least %d revisions are lost%s."
        .formatted(
            lost.atLeast(), freshest(known(), retained.atMost()).map(", for "::concat).orElse(""));
  }

  private static Optional<String> freshest(LastKnown known, long revision) {
    return known.members().stream()
        .filter(member -> member.revision() > revision)
        .max(Comparator.comparingLong(KnownMember::revision))
        .map(
            member ->
                "%s was seen at revision %d%s"
                    .formatted(
                        member.name(),
                        member.revision(),
                        member
                            .seenAt()
                            .map(at -> " at " + at.truncatedTo(ChronoUnit.SECONDS))
                            .orElse("")));
  }

  private String lostPerhaps() {
    String name = survivor().name();
    if (lost.atMost().isPresent()) {
      return ("Nothing else is lost: %s led when the quorum was last seen, and to the end, so that"
              + " no write was acknowledged without it.")
          .formatted(name);
    }
    int voters = known().voters().size();
    boolean othersCouldGoOn = voters - 1 >= QuorumRule.majority(voters);
    String why =
        othersCouldGoOn
            ? "the other members were a majority without it"
            : "it cannot be shown that it led to the end";
    return ("Nobody can know whether more is lost: writes acknowledged after the last look may be,"
            + " if %s had not seen them, for %s.")
        .formatted(name, why);
  }

  private Optional<String> passedOver() {
    return scene
        .incident()
        .plan()
        .map(RecoveryPlan::passedOver)
        .filter(members -> !members.isEmpty())
        .map(
            members ->
                "Passed over, after it was waited for in vain: %s; its volume stays until the loss is acknowledged."
                    .formatted(FresherVolumes.named(members)));
  }

  private Optional<String> restored() {
    return Optional.of(scene.revisionBump())
        .filter(bump -> bump > 0)
        .map(
            bump ->
                ("It is a new cluster, whose revisions go on from %d: clients have to read again"
                        + " what they watch.")
                    .formatted(retained.proven() + bump));
  }

  private String toDo() {
    ClusterRef cluster = scene.seen().goal().cluster();
    return ("Decide what has to be done about those writes, then say that you have seen this:"
            + " kubectl -n %s annotate etcdcluster %s %s=%s --overwrite")
        .formatted(
            cluster.namespace(),
            cluster.name(),
            ClusterGoal.ACKNOWLEDGED_BY,
            scene.incident().id());
  }
}
