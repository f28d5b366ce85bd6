package dev.requorum.fabric8.controlplane;

import dev.requorum.fabric8.Fabric8Restoration;
import dev.requorum.ports.ClusterRef;
import dev.requorum.ports.kubernetes.Restoration;
import dev.requorum.ports.kubernetes.RestorationWorld;
import dev.requorum.ports.kubernetes.WorkloadWorld;
import io.fabric8.kubernetes.api.model.ContainerState;
import io.fabric8.kubernetes.api.model.ContainerStateBuilder;
import io.fabric8.kubernetes.api.model.ContainerStatusBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodStatusBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;

/** The world of the restoration's contract on a real control plane. */
public final class ControlPlaneRestorationWorld implements RestorationWorld {

  private final ControlPlane plane = ControlPlane.shared();
  private final KubernetesClient admin = plane.admin();
  private final ControlPlaneWorld workloads = new ControlPlaneWorld();

  @Override
  public Restoration restoration() {
    return new Fabric8Restoration(plane.operator());
  }

  @Override
  public Restoration blind() {
    return new Fabric8Restoration(plane.operatorWithout("pods"));
  }

  @Override
  public WorkloadWorld workloads() {
    return workloads;
  }

  @Override
  public void run(ClusterRef cluster) {
    new Kubelets(admin, cluster.namespace()).schedule(pod(cluster));
    ContainerState running = new ContainerStateBuilder().withNewRunning().endRunning().build();
    become(cluster, "Running", running);
  }

  @Override
  public void succeed(ClusterRef cluster) {
    become(cluster, "Succeeded", ended(0, ""));
  }

  @Override
  public void fail(ClusterRef cluster, String words) {
    become(cluster, "Failed", ended(1, "{\"level\":\"info\"}\nError: " + words + "\n"));
  }

  @Override
  public void doomVolume(ClusterRef cluster, String member) {
    plane.pauseControllers();
    admin
        .persistentVolumeClaims()
        .inNamespace(cluster.namespace())
        .withName("etcd-data-" + member)
        .delete();
  }

  private static ContainerState ended(int exitCode, String message) {
    return new ContainerStateBuilder()
        .withNewTerminated()
        .withExitCode(exitCode)
        .withMessage(message)
        .endTerminated()
        .build();
  }

  private void become(ClusterRef cluster, String phase, ContainerState state) {
    Pod pod = pod(cluster);
    new Kubelets(admin, cluster.namespace())
        .replaceStatus(
            pod,
            new PodStatusBuilder(pod.getStatus())
                .withPhase(phase)
                .withContainerStatuses(
                    new ContainerStatusBuilder()
                        .withName(pod.getSpec().getContainers().get(0).getName())
                        .withImage(pod.getSpec().getContainers().get(0).getImage())
                        .withImageID("")
                        .withReady(false)
                        .withRestartCount(0)
                        .withState(state)
                        .build())
                .build());
  }

  private Pod pod(ClusterRef cluster) {
    return admin
        .pods()
        .inNamespace(cluster.namespace())
        .withName(cluster.name() + "-restore")
        .require();
  }
}
