package dev.requorum.ports.kubernetes;

import dev.requorum.ports.ClusterRef;
import java.util.Map;
import java.util.Optional;

/** The world of {@link FakeWorkload}. */
final class FakeWorkloadWorld implements WorkloadWorld {

  private final FakeWorkload fake;
  private int clusters;

  FakeWorkloadWorld() {
    this(new FakeWorkload());
  }

  FakeWorkloadWorld(FakeWorkload fake) {
    this.fake = fake;
  }

  @Override
  public Workload workload() {
    return fake;
  }

  @Override
  public Workload blindTo(WorkloadPart part) {
    fake.makeUnreadable(part);
    return fake;
  }

  @Override
  public ClusterRef cluster(int size) {
    ClusterRef cluster = nothing();
    fake.createCluster(cluster, size);
    return cluster;
  }

  @Override
  public ClusterRef nothing() {
    return new ClusterRef("test", "c" + ++clusters);
  }

  @Override
  public void settle(ClusterRef cluster) {
    fake.settle(cluster);
  }

  @Override
  public void changeSpec(ClusterRef cluster) {
    fake.changeSpec(cluster);
  }

  @Override
  public void changeStatus(ClusterRef cluster) {
    // the fake's StatefulSet has no status that could be changed
  }

  @Override
  public void deletePod(ClusterRef cluster, String pod) {
    fake.deletePod(cluster, pod);
  }

  @Override
  public void deletePodAndVolume(ClusterRef cluster, String member) {
    fake.deletePod(cluster, member);
    fake.deleteVolume(cluster, member);
  }

  @Override
  public void crash(ClusterRef cluster, String pod, String reason) {
    fake.changePod(cluster, pod, p -> CrashedPods.of(p, p.restarts() + 1, reason));
  }

  @Override
  public void removeNode(String node) {
    fake.removeNode(node);
  }

  @Override
  public void silence(String node) {
    fake.putNode(new NodeView(node, false, false));
  }

  @Override
  public void takeOutOfService(String node) {
    fake.putNode(new NodeView(node, false, true));
  }

  @Override
  public void editInitialCluster(ClusterRef cluster, String members) {
    fake.setInitialCluster(
        cluster, Optional.of(new InitialCluster(InitialCluster.State.EXISTING, Map.of())));
  }

  @Override
  public Object restOfSpec(ClusterRef cluster) {
    return fake.restOfSpec(cluster);
  }
}
