package dev.requorum.e2e.chaos;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Holds the operator's account of what was lost against what clients were promised.
 *
 * <p>The clients are the only ones who write, each write being one revision, and each key is
 * written once: so the revisions that existed are known but for the writes without an answer.
 *
 * @param attempts all that clients tried
 * @param present the keys that are there in the end
 * @param losses what was reported, oldest first
 */
record LossOracle(List<Attempt> attempts, Set<String> present, List<Loss> losses) {

  LossOracle {
    attempts = List.copyOf(attempts);
    present = Set.copyOf(present);
    losses = List.copyOf(losses);
  }

  /** In sentences; empty where the account is right. */
  List<String> violations() {
    List<String> violations = new ArrayList<>();
    missing().stream()
        .filter(write -> losses.stream().noneMatch(loss -> loss.covers(write)))
        .forEach(
            write ->
                violations.add(
                    "%s was acknowledged at revision %d by cluster %s and is gone, outside of every"
                            .formatted(
                                write.key(),
                                write.accepted().orElseThrow().revision(),
                                write.accepted().orElseThrow().clusterId())
                        + " reported loss"));
    losses.forEach(loss -> judge(loss, violations));
    return violations;
  }

  /** Acknowledged writes that are gone. */
  List<Attempt> missing() {
    return attempts.stream()
        .filter(attempt -> attempt.accepted().isPresent() && !present.contains(attempt.key()))
        .toList();
  }

  private void judge(Loss loss, List<String> violations) {
    long gone =
        missing().stream().filter(write -> blamedOn(write).equals(Optional.of(loss))).count();
    long newest =
        attempts.stream()
            .filter(loss::isBefore)
            .mapToLong(write -> write.accepted().orElseThrow().revision())
            .max()
            .orElse(loss.retained());
    long promisedBeyond = Math.max(0, newest - loss.retained());
    if (loss.atMost().isPresent() && gone > loss.atMost().getAsLong()) {
      violations.add(
          "%s: %d acknowledged writes are gone, at most %d were reported"
              .formatted(loss.incident(), gone, loss.atMost().getAsLong()));
    }
    if (loss.atMost().isPresent() && promisedBeyond > loss.atMost().getAsLong()) {
      violations.add(
          "%s: revision %d was acknowledged and %d retained, at most %d lost were reported"
              .formatted(loss.incident(), newest, loss.retained(), loss.atMost().getAsLong()));
    }
    long unanswered =
        attempts.stream()
            .filter(attempt -> attempt.accepted().isEmpty())
            .filter(attempt -> attempt.begun().isBefore(loss.seenAt()))
            .count();
    if (loss.atLeast() > promisedBeyond + unanswered) {
      violations.add(
          "%s: at least %d lost were reported; %d were promised beyond what was retained, %d got no"
                  .formatted(loss.incident(), loss.atLeast(), promisedBeyond, unanswered)
              + " answer");
    }
    if (loss.changedTheCluster() && loss.exactly()) {
      attempts.stream()
          .filter(write -> loss.covers(write) && present.contains(write.key()))
          .forEach(
              write ->
                  violations.add(
                      "%s: %s is there, though its revision %d is beyond the retained %d"
                          .formatted(
                              loss.incident(),
                              write.key(),
                              write.accepted().orElseThrow().revision(),
                              loss.retained())));
    }
  }

  private Optional<Loss> blamedOn(Attempt write) {
    return losses.stream().filter(loss -> loss.covers(write)).findFirst();
  }
}
