package dev.requorum.core;

import dev.requorum.ports.etcd.MemberEndpoint;
import dev.requorum.ports.etcd.MemberId;
import dev.requorum.ports.kubernetes.InitialCluster;
import dev.requorum.ports.kubernetes.OrdinalWindow;
import dev.requorum.ports.kubernetes.RestoreOrder;
import dev.requorum.ports.kubernetes.StatefulSetView;
import dev.requorum.ports.kubernetes.VolumeMark;
import java.net.URI;
import java.util.List;
import java.util.Optional;

/**
 * The one thing that a turn does to the world. Each is idempotent, and the port that carries it out
 * checks its precondition again.
 */
public sealed interface Action {

  /** Nothing: a wait or a refusal, or everything is as it should be. */
  record None() implements Action {}

  /** See {@link dev.requorum.ports.kubernetes.Workload#resize}. */
  record Resize(StatefulSetView seen, OrdinalWindow window) implements Action {}

  /** See {@link dev.requorum.ports.kubernetes.Workload#writeInitialCluster}. */
  record WriteInitialCluster(Optional<InitialCluster> seen, InitialCluster content)
      implements Action {}

  /** See {@link dev.requorum.ports.kubernetes.Workload#arm}. */
  record Arm(StatefulSetView seen, String survivor, String incident) implements Action {}

  /** See {@link dev.requorum.ports.kubernetes.Workload#disarm}. */
  record Disarm(StatefulSetView seen) implements Action {}

  /** See {@link dev.requorum.ports.kubernetes.Workload#restartPod}. */
  record RestartPod(String pod, String uid) implements Action {}

  /** See {@link dev.requorum.ports.kubernetes.Workload#discardVolume}. */
  record DiscardVolume(String member, String uid) implements Action {}

  /** See {@link dev.requorum.ports.Preservation#preserve}. */
  record Preserve(String incident, MemberEndpoint survivor) implements Action {}

  /** See {@link dev.requorum.ports.etcd.Membership#addLearner}. */
  record AddLearner(URI peerUrl) implements Action {}

  /** See {@link dev.requorum.ports.etcd.Membership#promote}. */
  record Promote(MemberId learner) implements Action {}

  /** See {@link dev.requorum.ports.etcd.Membership#remove}. */
  record Remove(MemberId member) implements Action {}

  /** See {@link dev.requorum.ports.kubernetes.Restoration#restore}. */
  record Restore(StatefulSetView seen, RestoreOrder order) implements Action {}

  /** See {@link dev.requorum.ports.kubernetes.Restoration#discard}. */
  record DiscardRestore(String uid) implements Action {}

  /** See {@link dev.requorum.ports.kubernetes.Restoration#mark}. */
  record MarkVolumes(List<VolumeMark> marks) implements Action {

    public MarkVolumes {
      marks = List.copyOf(marks);
    }
  }

  /** Nothing. */
  static Action none() {
    return new None();
  }
}
