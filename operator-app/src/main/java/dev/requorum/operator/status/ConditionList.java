package dev.requorum.operator.status;

import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.ConditionBuilder;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The conditions of a status. */
final class ConditionList {

  /** What the API server takes. */
  private static final int LONGEST_MESSAGE = 32_768;

  private ConditionList() {}

  /**
   * The stored conditions with what was found put in. A condition's transition time changes with
   * its status, and with nothing else; conditions that nothing was found about stay as they are.
   */
  static List<Condition> merge(
      List<Condition> stored, List<Finding> findings, long generation, Instant now) {
    Map<String, Condition> byType = new LinkedHashMap<>();
    for (Finding.Type type : Finding.Type.values()) {
      stored.stream()
          .filter(condition -> type.word().equals(condition.getType()))
          .forEach(condition -> byType.put(type.word(), condition));
    }
    for (Finding finding : findings) {
      byType.compute(
          finding.type().word(), (type, before) -> condition(before, finding, generation, now));
    }
    return new ArrayList<>(byType.values());
  }

  private static Condition condition(
      Condition before, Finding finding, long generation, Instant now) {
    boolean transition = before == null || !finding.truth().word().equals(before.getStatus());
    return new ConditionBuilder()
        .withType(finding.type().word())
        .withStatus(finding.truth().word())
        .withReason(finding.reason().word())
        .withMessage(shortened(finding.message()))
        .withObservedGeneration(generation)
        .withLastTransitionTime(
            transition
                ? now.truncatedTo(ChronoUnit.SECONDS).toString()
                : before.getLastTransitionTime())
        .build();
  }

  private static String shortened(String message) {
    return message.length() <= LONGEST_MESSAGE ? message : message.substring(0, LONGEST_MESSAGE);
  }
}
