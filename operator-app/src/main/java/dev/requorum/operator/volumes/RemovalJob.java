package dev.requorum.operator.volumes;

import dev.requorum.fabric8.ClaimAnnotations;
import dev.requorum.operator.objects.DirectoryRemoval;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobCondition;
import io.fabric8.kubernetes.api.model.batch.v1.JobStatus;
import java.util.Map;
import java.util.Optional;

/**
 * A Job that removes a directory from a claim, as the API server has it.
 *
 * @param claimUid empty where somebody took the annotation off
 * @param directory empty for the volume's own top
 */
record RemovalJob(
    String name,
    String uid,
    String claimUid,
    Optional<String> directory,
    State state,
    boolean terminating) {

  /** How far it is. */
  enum State {
    UNDER_WAY,
    SUCCEEDED,
    FAILED
  }

  static RemovalJob of(Job job) {
    Map<String, String> annotations =
        Optional.ofNullable(job.getMetadata().getAnnotations()).orElseGet(Map::of);
    String directory = annotations.getOrDefault(DirectoryRemoval.DIRECTORY, "");
    boolean sound = ClaimAnnotations.isDirectory(directory);
    return new RemovalJob(
        job.getMetadata().getName(),
        job.getMetadata().getUid(),
        sound ? annotations.getOrDefault(DirectoryRemoval.CLAIM_UID, "") : "",
        Optional.of(directory).filter(ClaimAnnotations::isLeaf),
        state(Optional.ofNullable(job.getStatus()).orElseGet(JobStatus::new)),
        job.getMetadata().getDeletionTimestamp() != null);
  }

  private static State state(JobStatus status) {
    if (holds(status, "Complete")) {
      return State.SUCCEEDED;
    }
    return holds(status, "Failed") ? State.FAILED : State.UNDER_WAY;
  }

  private static boolean holds(JobStatus status, String type) {
    return status.getConditions().stream()
        .filter(condition -> type.equals(condition.getType()))
        .map(JobCondition::getStatus)
        .anyMatch("True"::equals);
  }
}
