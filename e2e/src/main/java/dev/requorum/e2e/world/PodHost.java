package dev.requorum.e2e.world;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/** A pod's place in the world: its address, its volumes, and the start of its containers there. */
final class PodHost {
  private static final AtomicInteger NUMBER = new AtomicInteger();

  private final NodeServices services;
  private final Pod pod;
  private final String name;
  private final String address;
  private final ContainerEnvironment environment;
  private final ContainerLauncher launcher;
  private Optional<PodVolumes> volumes = Optional.empty();

  private PodHost(NodeServices services, Pod pod, String name, String address) {
    this.services = services;
    this.pod = pod;
    this.name = name;
    this.address = address;
    this.environment =
        new ContainerEnvironment(
            pod, address, new ConfigMaps(services.connection(), pod.getMetadata().getNamespace()));
    this.launcher =
        new ContainerLauncher(
            services.options().binaries(),
            name,
            services.options().logDirectory().resolve(key(pod).replace('/', '_')));
  }

  /** Gives the pod a host on the network. */
  static PodHost join(NodeServices services, Pod pod) {
    String name = "pod-" + NUMBER.incrementAndGet();
    String address = services.addresses().take(key(pod));
    services
        .network()
        .add(
            name,
            address,
            Set.of(
                Party.pod(pod.getMetadata().getNamespace(), pod.getMetadata().getName()),
                Party.node(services.node())));
    return new PodHost(services, pod, name, address);
  }

  /** The name under which the world knows a pod and its successors. */
  static String key(Pod pod) {
    return pod.getMetadata().getNamespace() + "/" + pod.getMetadata().getName();
  }

  /** The host's name on the world's network. */
  String name() {
    return name;
  }

  String address() {
    return address;
  }

  /** Starts the container as the pod's spec and the ConfigMaps say now. */
  WorldProcess launch(Container container) throws CannotStartException {
    if (pod.getSpec().getContainers().size() > 1) {
      throw CannotStartException.badConfiguration(
          "this world's nodes run pods of one container only");
    }
    if (volumes.isEmpty()) {
      volumes = Optional.of(PodVolumes.mount(pod, services.connection()));
    }
    Map<String, String> variables = environment.variables(container);
    WorldProcess launched =
        launcher.launch(container, variables, volumes.get().mounts(container, variables));
    services.registry().setBegun(pod.getMetadata().getUid());
    return launched;
  }

  /**
   * Takes the pod off the network and removes its ephemeral volumes; its processes must have ended.
   */
  void leave() {
    services.network().remove(address);
    services.addresses().giveBack(address);
    volumes.ifPresent(PodVolumes::unmount);
  }
}
