package dev.requorum.ports.kubernetes;

import dev.requorum.ports.ClusterRef;
import dev.requorum.ports.Fact;
import dev.requorum.ports.Outcome;
import dev.requorum.ports.kubernetes.RestoreView.State;
import java.util.List;
import java.util.Optional;

/**
 * Restores in the Kubernetes of a {@link FakeWorkload}. A restore is under way until the test lets
 * it end; what was discarded goes with {@link FakeWorkload#settle}. Not for several threads.
 */
public final class FakeRestoration implements Restoration {

  private final FakeWorkload workload;

  public FakeRestoration(FakeWorkload workload) {
    this.workload = workload;
  }

  /** The restore ends well. */
  public void succeed(ClusterRef cluster) {
    end(cluster, State.SUCCEEDED, "");
  }

  /** The restore ends otherwise, with these last words. */
  public void fail(ClusterRef cluster, String words) {
    end(cluster, State.FAILED, words);
  }

  private void end(ClusterRef cluster, State state, String detail) {
    FakeStatefulSet set = workload.require(cluster);
    set.restore = set.restore.map(pod -> with(pod, state, pod.terminating(), detail));
  }

  @Override
  public Fact<Optional<RestoreView>> find(ClusterRef cluster) {
    return workload.read(
        WorkloadPart.PODS, () -> workload.find(cluster).flatMap(set -> set.restore));
  }

  @Override
  public Outcome restore(ClusterRef cluster, StatefulSetView seen, RestoreOrder order) {
    Optional<FakeStatefulSet> live = workload.find(cluster);
    if (live.flatMap(set -> set.restore).isPresent()) {
      return live.get().restore.get().directory().equals(order.directory())
          ? Outcome.done()
          : Outcome.refused("another restore is there");
    }
    if (live.filter(set -> mayRestore(set, seen, order)).isEmpty()) {
      return Outcome.refused("the precondition of restoring does not hold");
    }
    live.get().restore =
        Optional.of(
            new RestoreView(
                cluster.name() + "-restore",
                workload.nextUid(),
                order.directory(),
                State.UNDER_WAY,
                Optional.empty(),
                false,
                ""));
    return Outcome.done();
  }

  private static boolean mayRestore(FakeStatefulSet set, StatefulSetView seen, RestoreOrder order) {
    return set.uid.equals(seen.uid())
        && set.generation == seen.generation()
        && set.window.replicas() == 0
        && set.pods.isEmpty()
        && claim(set, order.survivor(), order.volumeUid())
            .filter(volume -> !volume.terminating())
            .isPresent();
  }

  @Override
  public Outcome mark(ClusterRef cluster, List<VolumeMark> marks) {
    for (VolumeMark mark : marks) {
      if (workload.find(cluster).flatMap(s -> claim(s, mark.member(), mark.uid())).isEmpty()) {
        return Outcome.refused("the claim of " + mark.member() + " is another one by now");
      }
      workload.changeVolume(cluster, mark.member(), volume -> volume.marked(mark.marks()));
    }
    return Outcome.done();
  }

  private static Optional<VolumeView> claim(FakeStatefulSet set, String member, String uid) {
    return Optional.ofNullable(set.volumes.get(member)).filter(claim -> claim.uid().equals(uid));
  }

  @Override
  public Outcome discard(ClusterRef cluster, String uid) {
    workload
        .find(cluster)
        .ifPresent(
            set ->
                set.restore =
                    set.restore.map(
                        pod ->
                            pod.uid().equals(uid)
                                ? with(pod, pod.state(), true, pod.detail())
                                : pod));
    return Outcome.done();
  }

  private static RestoreView with(
      RestoreView pod, State state, boolean terminating, String detail) {
    return new RestoreView(
        pod.pod(), pod.uid(), pod.directory(), state, pod.node(), terminating, detail);
  }
}
