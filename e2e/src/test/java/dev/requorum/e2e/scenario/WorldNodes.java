package dev.requorum.e2e.scenario;

import dev.requorum.e2e.world.Party;
import dev.requorum.e2e.world.World;
import dev.requorum.e2e.world.WorldPod;
import dev.requorum.e2e.world.WorldProcess;

/** The local world's nodes. */
record WorldNodes(World world) implements Nodes {

  @Override
  public void powerOff(String node) {
    world.node(node).kill();
  }

  @Override
  public void powerOn(String node) {
    world.node(node).revive();
  }

  @Override
  public void silence(String node) {
    world.cut(Party.node(node), Party.apiServer());
  }

  @Override
  public void hear(String node) {
    world.heal(Party.node(node), Party.apiServer());
  }

  @Override
  public void hold(TestCluster cluster, int ordinal) {
    pod(cluster, ordinal).hold();
  }

  @Override
  public void release(TestCluster cluster, int ordinal) {
    pod(cluster, ordinal).release();
  }

  @Override
  public String storageClass() {
    return "local";
  }

  @Override
  public String etcdctl(TestCluster cluster, int ordinal, String... arguments) {
    return pod(cluster, ordinal).etcdctl(arguments);
  }

  /** Empty while it does not run. */
  @Override
  public String log(TestCluster cluster, int ordinal) {
    return pod(cluster, ordinal).process().map(WorldProcess::log).orElse("");
  }

  private WorldPod pod(TestCluster cluster, int ordinal) {
    return world.pod(cluster.namespace(), cluster.pod(ordinal));
  }
}
