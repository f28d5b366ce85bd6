package dev.requorum.e2e.histories;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What the checker says of a history.
 *
 * @param ok operations that were answered
 * @param failed operations that had no effect for certain
 * @param unknown operations that may have had one
 * @param acknowledgedBefore writes that the cluster before the loss acknowledged
 * @param acknowledgedAfter writes that the cluster after the recovery acknowledged
 * @param readsBefore what the cluster before the loss answered to reads
 * @param readsAfter what the cluster after the recovery answered to reads
 * @param lost writes that were acknowledged and are gone
 * @param perhapsLost writes of unknown outcome that may be gone
 * @param lostRevisionsAtMost empty where the account does not know
 * @param failures each claim that does not hold
 */
public record Verdict(
    boolean holds,
    int ok,
    int failed,
    int unknown,
    int acknowledgedBefore,
    int acknowledgedAfter,
    int readsBefore,
    int readsAfter,
    int lost,
    int perhapsLost,
    long retainedRevision,
    long lostRevisionsAtLeast,
    Optional<Long> lostRevisionsAtMost,
    List<Failure> failures) {

  /**
   * A claim that does not hold.
   *
   * @param operation the operation that shows it; 0 where no single one does
   */
  public record Failure(String claim, int operation, String says) {

    @Override
    public String toString() {
      return "NOT SO: %s. %s".formatted(claim, says);
    }
  }

  public Verdict {
    failures = List.copyOf(failures);
  }

  static Verdict of(JsonNode printed) {
    List<Failure> failures = new ArrayList<>();
    printed
        .required("failures")
        .forEach(
            failure ->
                failures.add(
                    new Failure(
                        failure.required("claim").asText(),
                        failure.path("operation").asInt(),
                        failure.required("says").asText())));
    JsonNode most = printed.required("lostRevisionsAtMost");
    return new Verdict(
        printed.required("holds").asBoolean(),
        printed.required("ok").asInt(),
        printed.required("failed").asInt(),
        printed.required("unknown").asInt(),
        printed.required("acknowledgedBefore").asInt(),
        printed.required("acknowledgedAfter").asInt(),
        printed.required("readsBefore").asInt(),
        printed.required("readsAfter").asInt(),
        printed.required("lost").asInt(),
        printed.required("perhapsLost").asInt(),
        printed.required("retainedRevision").asLong(),
        printed.required("lostRevisionsAtLeast").asLong(),
        most.isNull() ? Optional.empty() : Optional.of(most.asLong()),
        failures);
  }

  @Override
  public String toString() {
    return ("%d operations: %d ok, %d failed, %d unknown; acknowledged writes %d before, %d after;"
            + " lost %d (and perhaps %d nobody knows of), the account says at least %d, at most %s: %s")
        .formatted(
            ok + failed + unknown,
            ok,
            failed,
            unknown,
            acknowledgedBefore,
            acknowledgedAfter,
            lost,
            perhapsLost,
            lostRevisionsAtLeast,
            lostRevisionsAtMost.map(String::valueOf).orElse("unknown"),
            holds ? "HOLDS" : "DOES NOT HOLD");
  }
}
