package dev.requorum.e2e.scenario;

import java.util.ArrayList;
import java.util.List;

/** The real nodes of our own cluster ({@code e2e/cluster/node.sh}). */
final class OwnNodes implements Nodes {

  private OwnNodes() {}

  /** Aborts the scenario where the cluster is not our own. */
  static OwnNodes required() {
    OwnCluster.require();
    return new OwnNodes();
  }

  @Override
  public void powerOff(String node) {
    OwnCluster.run("node.sh", "off", node);
  }

  @Override
  public void powerOn(String node) {
    OwnCluster.run("node.sh", "on", node);
  }

  @Override
  public void silence(String node) {
    OwnCluster.run("node.sh", "silence", node);
  }

  @Override
  public void hear(String node) {
    OwnCluster.run("node.sh", "hear", node);
  }

  @Override
  public void hold(TestCluster cluster, int ordinal) {
    OwnCluster.run("node.sh", "hold", cluster.namespace(), cluster.pod(ordinal));
  }

  @Override
  public void release(TestCluster cluster, int ordinal) {
    OwnCluster.run("node.sh", "release", cluster.namespace(), cluster.pod(ordinal));
  }

  @Override
  public String storageClass() {
    return "standard";
  }

  @Override
  public String etcdctl(TestCluster cluster, int ordinal, String... arguments) {
    List<String> command =
        new ArrayList<>(List.of("exec", cluster.namespace(), cluster.pod(ordinal)));
    command.add("/usr/local/bin/etcdctl");
    command.addAll(List.of(arguments));
    return OwnCluster.run("node.sh", command.toArray(String[]::new));
  }

  @Override
  public String log(TestCluster cluster, int ordinal) {
    return OwnCluster.run("node.sh", "log", cluster.namespace(), cluster.pod(ordinal));
  }
}
