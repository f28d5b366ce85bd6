package dev.requorum.e2e.scenario;

import dev.requorum.operator.api.EtcdCluster;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;

/**
 * What a failed scenario leaves for whoever looks into it: objects, Events, logs, and what each
 * member says of etcd. No Secrets. A part that cannot be had says why in its file.
 */
public final class FailureBundle {

  private final Site site;
  private final String namespace;
  private final BundleDirectory directory;

  /**
   * @param directory is made where it is not there
   */
  public FailureBundle(Site site, String namespace, Path directory) {
    this.site = site;
    this.namespace = namespace;
    this.directory = new BundleDirectory(directory);
  }

  /**
   * @param operatorLog what the operator printed
   */
  public void write(Supplier<String> operatorLog) {
    objects();
    operatorObjects();
    directory.write("operator.log", operatorLog);
    List<Pod> pods = client().pods().inNamespace(namespace).list().getItems();
    pods.forEach(this::logs);
    pods.forEach(this::etcd);
  }

  private void objects() {
    KubernetesClient client = client();
    yaml("etcdclusters", () -> client.resources(EtcdCluster.class).inNamespace(namespace).list());
    yaml("statefulsets", () -> client.apps().statefulSets().inNamespace(namespace).list());
    yaml("pods", () -> client.pods().inNamespace(namespace).list());
    yaml("claims", () -> client.persistentVolumeClaims().inNamespace(namespace).list());
    yaml("configmaps", () -> client.configMaps().inNamespace(namespace).list());
    yaml("events", () -> client.v1().events().inNamespace(namespace).list());
    yaml("volumes", () -> client.persistentVolumes().list());
    yaml("nodes", () -> client.nodes().list());
  }

  private void operatorObjects() {
    KubernetesClient client = client();
    String home = site.operatorNamespace(namespace);
    yaml("operator.deployments", () -> client.apps().deployments().inNamespace(home).list());
    yaml("operator.pods", () -> client.pods().inNamespace(home).list());
    yaml("operator.leases", () -> client.leases().inNamespace(home).list());
    yaml("operator.events", () -> client.v1().events().inNamespace(home).list());
  }

  private void logs(Pod pod) {
    String name = pod.getMetadata().getName();
    for (Container container : pod.getSpec().getContainers()) {
      var resource = client().pods().resource(pod).inContainer(container.getName());
      directory.write("%s.%s.log".formatted(name, container.getName()), resource::getLog);
      directory.write(
          "%s.%s.previous.log".formatted(name, container.getName()),
          () -> resource.terminated().getLog());
    }
  }

  private void etcd(Pod pod) {
    String name = pod.getMetadata().getName();
    directory.write(
        name + ".status.json",
        () -> site.etcdctl(namespace, name, "endpoint", "status", "-w", "json"));
    directory.write(
        name + ".members.json",
        () ->
            site.etcdctl(namespace, name, "--command-timeout=3s", "member", "list", "-w", "json"));
  }

  private void yaml(String name, Supplier<?> objects) {
    directory.write(name + ".yaml", () -> Serialization.asYaml(objects.get()));
  }

  private KubernetesClient client() {
    return site.client();
  }
}
