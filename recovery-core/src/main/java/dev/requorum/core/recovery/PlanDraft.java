package dev.requorum.core.recovery;

import dev.requorum.core.quorum.Assessment;
import dev.requorum.ports.record.PassedOver;
import dev.requorum.ports.record.RecoveryPlan;
import dev.requorum.ports.record.Strategy;
import dev.requorum.ports.record.Survivor;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;

/** Makes plans for one incident, and puts them into words. */
record PlanDraft(RecoveryPolicy policy, String incident) {

  private static final int HASH_DIGITS = 16;

  RecoveryPlan of(
      Survivor survivor, StrategyChoice choice, List<PassedOver> passedOver, Assessment loss) {
    Strategy strategy = choice.strategy().orElseThrow();
    long bump = strategy == Strategy.RESTORE ? policy.revisionBump() : 0;
    return new RecoveryPlan(
        strategy,
        choice.why(),
        survivor,
        bump,
        passedOver,
        hash(evidence(strategy, survivor, bump, passedOver, loss)));
  }

  /** Facts only: neither the time nor the wording of anything makes it another plan. */
  private String evidence(
      Strategy strategy,
      Survivor survivor,
      long bump,
      List<PassedOver> passedOver,
      Assessment loss) {
    String missing =
        loss.absent().stream()
            .map(voter -> voter.id() + "=" + voter.missing().orElseThrow())
            .sorted()
            .collect(Collectors.joining(","));
    return String.join(
        "\n",
        incident,
        strategy.word(),
        survivor.toString(),
        "" + bump,
        passedOver.toString(),
        missing);
  }

  private static String hash(String evidence) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(evidence.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest).substring(0, HASH_DIGITS);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  static String inWords(RecoveryPlan plan) {
    Survivor survivor = plan.survivor();
    String how =
        switch (plan.strategy()) {
          case RESTORE -> "restoring from";
          case FORCE_NEW_CLUSTER -> "rebuilding in place from";
        };
    return "%s %s (raft term %d, raft index %d, revision %d)%s%s"
        .formatted(
            how,
            survivor.name(),
            survivor.raftTerm(),
            survivor.raftIndex(),
            survivor.revision(),
            passedOver(plan),
            plan.why().isEmpty() ? "" : "; " + plan.why());
  }

  private static String passedOver(RecoveryPlan plan) {
    return plan.passedOver().stream()
        .map(
            member ->
                "; passing over %s, which was seen at revision %d and was waited for in vain"
                    .formatted(member.name(), member.revision()))
        .collect(Collectors.joining());
  }
}
