package dev.requorum.core.recovery;

import dev.requorum.core.quorum.Assessment;
import dev.requorum.ports.etcd.MemberStatus;
import dev.requorum.ports.record.PassedOver;
import dev.requorum.ports.record.RecoveryPlan;
import dev.requorum.ports.record.Strategy;
import dev.requorum.ports.record.Survivor;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Collectors;

/** Makes plans for one incident, and puts them into words. */
record PlanDraft(RecoveryPolicy policy, String incident) {

  private static final int HASH_DIGITS = 16;

  RecoveryPlan of(
      Survivor survivor, StrategyChoice choice, List<PassedOver> passedOver, Assessment loss) {
    Strategy strategy = choice.strategy().orElseThrow();
    long bump = strategy == Strategy.RESTORE ? policy.revisionBump() : 0;
    String evidence =
        String.join(
            "\n",
            "incident " + incident,
            "strategy " + strategy.word(),
            "survivor " + inFigures(survivor),
            "bump " + bump,
            "passed over " + inFigures(passedOver),
            "missing " + missing(loss));
    return new RecoveryPlan(
        strategy,
        choice.why(),
        survivor,
        bump,
        passedOver,
        databaseBytes(survivor, loss),
        hash(evidence));
  }

  private static OptionalLong databaseBytes(Survivor survivor, Assessment loss) {
    return loss.voter(survivor.id()).stream()
        .flatMap(voter -> voter.status().stream())
        .mapToLong(MemberStatus::dbSize)
        .filter(bytes -> bytes > 0)
        .findFirst();
  }

  // Facts only: neither the time nor the wording of anything makes it another plan.

  private static String inFigures(Survivor survivor) {
    return "%s %s %d %d %d %d%s"
        .formatted(
            survivor.id(),
            survivor.name(),
            survivor.ordinal(),
            survivor.raftTerm(),
            survivor.raftIndex(),
            survivor.revision(),
            survivor.answered() ? "" : " last seen");
  }

  private static String inFigures(List<PassedOver> passedOver) {
    return passedOver.stream()
        .map(
            member ->
                "%s %s %s %d"
                    .formatted(member.id(), member.name(), member.volumeUid(), member.revision()))
        .sorted()
        .collect(Collectors.joining(","));
  }

  private static String missing(Assessment loss) {
    return loss.absent().stream()
        .map(voter -> voter.id() + " " + voter.missing().orElseThrow())
        .sorted()
        .collect(Collectors.joining(","));
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
    return "%s %s (%s)%s%s"
        .formatted(
            how,
            survivor.name(),
            figures(survivor),
            passedOver(plan),
            plan.why().isEmpty() ? "" : "; " + plan.why());
  }

  private static String figures(Survivor survivor) {
    return switch (survivor.basis()) {
      case ANSWERED ->
          "raft term %d, raft index %d, revision %d"
              .formatted(survivor.raftTerm(), survivor.raftIndex(), survivor.revision());
      case LAST_SEEN ->
          "last seen at revision %d; it serves no clients, so that it cannot be asked what it has"
              .formatted(survivor.revision());
    };
  }

  private static String passedOver(RecoveryPlan plan) {
    return plan.passedOver().isEmpty()
        ? ""
        : "; passing over %s, seen at a later revision and waited for in vain"
            .formatted(FresherVolumes.named(plan.passedOver()));
  }
}
