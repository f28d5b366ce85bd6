package dev.requorum.operator.explain;

import dev.requorum.ports.Reason;
import dev.requorum.ports.record.RecoveryRecord;
import io.fabric8.kubernetes.api.model.Condition;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Explains a cluster that no incident is open for: by its conditions. */
final class CalmPage {

  private static final String TRUE = "True";
  private static final String UNKNOWN = "Unknown";

  private static final String BLOCKED = "RecoveryBlocked";

  /** Those that say what is done or wrong, the gravest first. */
  private static final List<String> TYPES =
      List.of(BLOCKED, "Degraded", "Progressing", "Available");

  private final ReportedCluster cluster;
  private final ReasonTable reasons;
  private final Page page;

  CalmPage(ReportedCluster cluster, ReasonTable reasons, Page page) {
    this.cluster = cluster;
    this.reasons = reasons;
    this.page = page;
  }

  void explain(RecoveryRecord record) {
    conditions();
    if (notable().isEmpty() && cluster.condition("Available", TRUE).isPresent()) {
      page.say(Label.WHY, "the operator does nothing, for there is nothing for it to do");
    }
    if (record.lastKnown().bootstrapped()) {
      preparedness();
    } else {
      neverBootstrapped();
    }
  }

  /** What the conditions say, each thing once, and what can be done about what is not well. */
  void conditions() {
    page.say(Label.NOW, availability());
    Set<String> told = new HashSet<>();
    for (Condition condition : notable()) {
      if (told.add(condition.getMessage())) {
        page.say(
            label(condition),
            "%s (%s)".formatted(withoutStop(condition.getMessage()), condition.getReason()));
      }
    }
    advice();
  }

  /** Where a recovery is held, nothing else matters. */
  private void advice() {
    boolean held = cluster.condition(BLOCKED, TRUE).isPresent();
    notable().stream()
        .filter(condition -> !held || BLOCKED.equals(condition.getType()))
        .flatMap(condition -> Explanation.reason(condition).stream())
        .filter(reason -> reason != Reason.QUORUM_LOST) // no recovery has begun
        .flatMap(reason -> reasons.row(reason).toDo().stream())
        .forEach(toDo -> page.say(Label.TO_DO, toDo));
  }

  private String availability() {
    Optional<Condition> available = cluster.condition("Available");
    if (available.isEmpty()) {
      return "it is unknown whether a quorum serves: there is no condition Available";
    }
    String since = available.get().getLastTransitionTime();
    return switch (available.get().getStatus()) {
      case TRUE -> "a quorum serves, since " + since;
      case "False" -> "no quorum serves, since " + since + ": clients cannot write";
      default -> "it is unknown whether a quorum serves, since " + since;
    };
  }

  /** Held things are why nothing is done; Progressing says what is waited for. */
  private static Label label(Condition condition) {
    return switch (condition.getType()) {
      case "Progressing" -> TRUE.equals(condition.getStatus()) ? Label.WAITING : Label.WHY;
      case BLOCKED -> Label.WHY;
      default -> Label.NOW;
    };
  }

  private List<Condition> notable() {
    return TYPES.stream()
        .flatMap(type -> cluster.condition(type).stream())
        .filter(this::isNotable)
        .filter(condition -> !isOfTheManifest(condition))
        .toList();
  }

  /** What is wrong with the manifest is told from the manifest. */
  private boolean isOfTheManifest(Condition condition) {
    return Reason.INVALID_SPEC.word().equals(condition.getReason())
        && cluster.refusal().isPresent();
  }

  private boolean isNotable(Condition condition) {
    boolean unknown = UNKNOWN.equals(condition.getStatus());
    boolean holds = TRUE.equals(condition.getStatus());
    return switch (condition.getType()) {
      case "Available" -> !holds;
      case "Progressing" -> holds || unknown || !isWell(condition);
      default -> holds || unknown;
    };
  }

  private static boolean isWell(Condition notProgressing) {
    return Stream.of(
            Reason.QUORATE, Reason.AS_DESIRED, Reason.RECOVERY_COMPLETED, Reason.NO_RECOVERY)
        .anyMatch(reason -> reason.word().equals(notProgressing.getReason()));
  }

  private void neverBootstrapped() {
    page.say(
        Label.WHY,
        "the cluster never had all its members healthy, so a quorum that it loses now is not"
            + " recovered: there is nothing yet that could be lost");
    page.say(Label.UNTIL, "no time is set; it goes on when all members are there");
  }

  /** What would keep the operator from recovering a quorum, were it lost. */
  private void preparedness() {
    var spec = cluster.cluster().getSpec();
    if (spec == null) {
      return;
    }
    if (spec.storageSpec == null) {
      page.say(
          Label.WHY,
          "without spec.storageSpec the members keep their data in their pods: should the quorum be"
              + " lost, nothing is recovered automatically");
    }
    switch (cluster.mode()) {
      case AUTOMATIC -> {}
      case APPROVE ->
          page.say(
              Label.WHY,
              "spec.recovery.mode is Approve: should the quorum be lost, a plan is made, and nothing is"
                  + " done before a human has approved it");
      case NEVER ->
          page.say(
              Label.WHY,
              "spec.recovery.mode is Never: should the quorum be lost, it is only reported");
    }
    if (spec.size != null && spec.size == 1) {
      page.say(
          Label.WHY,
          "it is a cluster of one: should its member lose its data, there is no other to recover"
              + " from");
    }
  }

  private static String withoutStop(String message) {
    String text = message == null ? "" : message.strip();
    return text.endsWith(".") ? text.substring(0, text.length() - 1) : text;
  }
}
