package dev.requorum.ports.kubernetes;

import dev.requorum.ports.ClusterRef;

/** The world of {@link FakeRestoration}. */
final class FakeRestorationWorld implements RestorationWorld {

  private final FakeWorkload fake = new FakeWorkload();
  private final FakeRestoration restoration = new FakeRestoration(fake);
  private final FakeWorkloadWorld workloads = new FakeWorkloadWorld(fake);

  @Override
  public Restoration restoration() {
    return restoration;
  }

  @Override
  public Restoration blind() {
    fake.makeUnreadable(WorkloadPart.PODS);
    return restoration;
  }

  @Override
  public WorkloadWorld workloads() {
    return workloads;
  }

  @Override
  public void run(ClusterRef cluster) {
    // the fake's restore runs from the start
  }

  @Override
  public void succeed(ClusterRef cluster) {
    restoration.succeed(cluster);
  }

  @Override
  public void fail(ClusterRef cluster, String words) {
    restoration.fail(cluster, words);
  }

  @Override
  public void doomVolume(ClusterRef cluster, String member) {
    fake.changeVolume(
        cluster,
        member,
        now ->
            new VolumeView(
                now.claim(),
                now.member(),
                now.uid(),
                now.bound(),
                true,
                now.youngerThanSet(),
                now.capacity(),
                now.marks()));
  }
}
