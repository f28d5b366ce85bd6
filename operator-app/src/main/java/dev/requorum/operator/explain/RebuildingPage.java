package dev.requorum.operator.explain;

import dev.requorum.ports.record.Incident;
import dev.requorum.ports.record.RestoreTry;
import dev.requorum.ports.record.Step;
import dev.requorum.ports.record.Strategy;
import dev.requorum.ports.record.Survivor;
import java.util.List;

/** Explains a rebuild that is committed to: which step it takes, what for, and what comes after. */
final class RebuildingPage {

  private static final List<Step> IN_PLACE =
      List.of(
          Step.FENCE,
          Step.PRESERVE,
          Step.REWRITE_STATE,
          Step.ARM,
          Step.VERIFY,
          Step.DISARM,
          Step.VERIFY_AGAIN);

  private static final List<Step> BESIDE =
      List.of(Step.FENCE, Step.STOP, Step.RESTORE, Step.ADOPT, Step.VERIFY);

  private final Moments moments;
  private final Page page;
  private final int attempts;

  /**
   * @param attempts how many rebuilds were begun, this one included
   */
  RebuildingPage(Moments moments, Page page, int attempts) {
    this.moments = moments;
    this.page = page;
    this.attempts = attempts;
  }

  void explain(Incident incident) {
    Survivor survivor = incident.survivor().orElseThrow();
    page.say(
            Label.NOW,
            "the quorum was lost at %s; the cluster is being rebuilt from %s since %s (attempt %d)"
                .formatted(
                    Moments.plain(incident.detectedAt()),
                    survivor.name(),
                    moments.when(incident.startedAt().orElseThrow()),
                    attempts))
        .say(
            Label.NOW,
            "step %s, since %s: %s"
                .formatted(
                    numbered(incident),
                    moments.when(incident.stepSince()),
                    purpose(incident, survivor.name())))
        .say(
            Label.WHY,
            "%s was %s (%s)"
                .formatted(survivor.name(), reason(survivor), PlanPage.figures(survivor)));
    incident.plan().ifPresent(plan -> new PlanPage(page).strategy(plan));
    incident.restore().ifPresent(this::tried);
  }

  private static String reason(Survivor survivor) {
    return switch (survivor.basis()) {
      case ANSWERED -> "the freshest member that answered";
      case LAST_SEEN ->
          "the only member left; it was restarted without a quorum, so that it serves no clients"
              + " and could not be asked";
    };
  }

  private void tried(RestoreTry restore) {
    page.say(
        Label.NOW,
        "it is restored into directory %s (try %d)"
            .formatted(restore.directory(), restore.number()));
  }

  /** Release stands aside from the steps of a rebuild that goes through. */
  private static String numbered(Incident incident) {
    Step step = incident.step().orElseThrow();
    List<Step> steps = steps(incident.strategy());
    return steps.contains(step)
        ? "%s, %d of %d".formatted(step.word(), steps.indexOf(step) + 1, steps.size())
        : step.word();
  }

  private static List<Step> steps(Strategy strategy) {
    return switch (strategy) {
      case RESTORE -> BESIDE;
      case FORCE_NEW_CLUSTER -> IN_PLACE;
    };
  }

  private static String purpose(Incident incident, String survivor) {
    boolean restores = incident.strategy() == Strategy.RESTORE;
    return switch (incident.step().orElseThrow()) {
      case RELEASE ->
          "%s was let go before anything was forced; all voters are run again".formatted(survivor);
      case FENCE -> "nobody but %s may be able to run".formatted(survivor);
      case PRESERVE -> "the data of %s is copied before anything is done to it".formatted(survivor);
      case REWRITE_STATE -> "%s is made the only member of the initial cluster".formatted(survivor);
      case ARM -> "%s is restarted with --force-new-cluster".formatted(survivor);
      case STOP -> "%s is stopped, so that its database is whole".formatted(survivor);
      case RESTORE ->
          "the database of %s is restored beside the original, which is only read"
              .formatted(survivor);
      case ADOPT -> "%s is started on what was restored".formatted(survivor);
      case VERIFY ->
          restores
              ? "%s has to be healthy and lead itself, as a new cluster".formatted(survivor)
              : "%s has to be healthy and lead itself".formatted(survivor);
      case DISARM -> "%s is restarted without --force-new-cluster".formatted(survivor);
      case VERIFY_AGAIN -> "%s has to be healthy without the flag".formatted(survivor);
    };
  }

  String afterwards(Incident incident) {
    Step step = incident.step().orElseThrow();
    if (step == Step.RELEASE) {
      return "the loss is observed anew for the window, and a member is chosen anew";
    }
    return switch (incident.strategy()) {
      case RESTORE -> afterRestore(incident, step);
      case FORCE_NEW_CLUSTER -> afterForce(incident, step);
    };
  }

  private static String afterForce(Incident incident, Step step) {
    if (step.compareTo(Step.ARM) > 0) {
      return "it is carried through; then the other members are added back";
    }
    return incident
        .armedAt()
        .map(
            at ->
                "the flag was set at %s; unless a quorum comes back before it takes effect, the"
                        .formatted(Moments.plain(at))
                    + " rebuild is carried through")
        .orElse(
            "a quorum that comes back before anything was forced (step Arm) calls the rebuild off,"
                + " and nothing is lost; after that it is carried through");
  }

  private static String afterRestore(Incident incident, Step step) {
    return step == Step.VERIFY || incident.armedAt().isPresent()
        ? "it is carried through; then the other members are added back, with empty directories"
            + " beside their former data"
        : "a quorum that comes back before the survivor is started on what was restored (step"
            + " Adopt) calls the rebuild off, and nothing is lost; after that it is carried"
            + " through";
  }
}
