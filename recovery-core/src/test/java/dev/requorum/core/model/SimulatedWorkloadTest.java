package dev.requorum.core.model;

import dev.requorum.ports.ClusterRef;
import dev.requorum.ports.kubernetes.ArmingContract;
import dev.requorum.ports.kubernetes.InitialCluster;
import dev.requorum.ports.kubernetes.NodeView;
import dev.requorum.ports.kubernetes.Workload;
import dev.requorum.ports.kubernetes.WorkloadContract;
import dev.requorum.ports.kubernetes.WorkloadPart;
import dev.requorum.ports.kubernetes.WorkloadWorld;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;

@DisplayName("The simulated Kubernetes")
class SimulatedWorkloadTest {

  @Nested
  @DisplayName("looks and resizes as every workload does")
  class Basics extends WorkloadContract {
    @Override
    protected WorkloadWorld world() {
      return new OneCluster();
    }
  }

  @Nested
  @DisplayName("arms and disarms as every workload does")
  class Arming extends ArmingContract {
    @Override
    protected WorkloadWorld world() {
      return new OneCluster();
    }
  }

  /** A world has one cluster; it is made when it is asked for, and the port is always its own. */
  private static final class OneCluster implements WorkloadWorld {

    private World world = World.of(1);
    private final Workload delegate =
        Workload.class.cast(
            Proxy.newProxyInstance(
                Workload.class.getClassLoader(),
                new Class<?>[] {Workload.class},
                (proxy, method, arguments) ->
                    method.invoke(new SimulatedWorkload(world.kubernetes), arguments)));

    @Override
    public Workload workload() {
      return delegate;
    }

    @Override
    public Workload blindTo(WorkloadPart part) {
      world.hide(part);
      return workload();
    }

    @Override
    public ClusterRef cluster(int size) {
      world = World.of(size);
      world.kubernetes.initialCluster = Optional.empty();
      return World.CLUSTER;
    }

    @Override
    public ClusterRef nothing() {
      return new ClusterRef("etcd", "nothing");
    }

    @Override
    public void settle(ClusterRef cluster) {
      for (int round = 0; round < 6; round++) {
        world.tick();
      }
    }

    @Override
    public void changeSpec(ClusterRef cluster) {
      world.kubernetes.generation++;
    }

    @Override
    public void changeStatus(ClusterRef cluster) {
      world.write();
    }

    @Override
    public void deletePod(ClusterRef cluster, String pod) {
      world.deletePodByForce(ordinal(pod));
    }

    @Override
    public void deletePodAndVolume(ClusterRef cluster, String member) {
      world.loseVolume(ordinal(member));
    }

    @Override
    public void crash(ClusterRef cluster, String pod, String reason) {
      world.breakProcess(ordinal(pod));
      settle(cluster);
    }

    @Override
    public void removeNode(String node) {
      world.kubernetes.nodes.remove(node);
    }

    @Override
    public void silence(String node) {
      world.kubernetes.nodes.put(node, new NodeView(node, false, false));
    }

    @Override
    public void takeOutOfService(String node) {
      world.kubernetes.nodes.put(node, new NodeView(node, false, true));
    }

    @Override
    public void editInitialCluster(ClusterRef cluster, String members) {
      world.kubernetes.initialCluster =
          Optional.of(new InitialCluster(InitialCluster.State.EXISTING, Map.of()));
    }

    @Override
    public Object restOfSpec(ClusterRef cluster) {
      return List.of(world.kubernetes.window, world.kubernetes.storage);
    }

    private static int ordinal(String pod) {
      return World.CLUSTER.ordinalOf(pod).orElseThrow();
    }
  }
}
