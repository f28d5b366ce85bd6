package dev.requorum.core.recovery;

import dev.requorum.core.Observation;
import dev.requorum.core.quorum.Assessment;
import dev.requorum.ports.etcd.MemberStatus;
import dev.requorum.ports.kubernetes.PodView;
import dev.requorum.ports.record.Survivor;
import java.util.Optional;

/**
 * Whether a rebuilt survivor can be built upon (S17). A seam: an embedder or a test may demand more
 * or something else.
 */
@FunctionalInterface
public interface SurvivorHealth {

  /**
   * What is not as it must be yet, in words; empty where the survivor is healthy.
   *
   * @param assessment the verdict on the same look
   */
  Optional<String> complaint(Observation seen, Assessment assessment, Survivor survivor);

  /**
   * Healthy is a pod that runs and is not being deleted, in which the very member answers, takes
   * itself for the leader, has at least the revision that it was chosen for, and confirms a
   * linearizable member list.
   */
  static SurvivorHealth leadsItself() {
    return (seen, assessment, survivor) -> {
      Optional<PodView> pod = seen.workload().pod(survivor.name());
      if (pod.filter(p -> p.running() && !p.terminating()).isEmpty()) {
        return Optional.of(
            "its pod does not run" + pod.map(PodView::detail).map(d -> " " + d).orElse(""));
      }
      Optional<MemberStatus> status = seen.etcd().status(survivor.name());
      if (status.isEmpty()) {
        return Optional.of("it does not answer");
      }
      if (!status.get().id().equals(survivor.id())) {
        return Optional.of("member %s answers in its place".formatted(status.get().id()));
      }
      if (!status.get().leadsItself()) {
        return Optional.of("it does not lead itself");
      }
      if (status.get().revision() < survivor.revision()) {
        return Optional.of(
            "it has revision %d, but had %d when it was chosen"
                .formatted(status.get().revision(), survivor.revision()));
      }
      return assessment.members().isPresent()
          ? Optional.empty()
          : Optional.of("it does not confirm its member list");
    };
  }
}
