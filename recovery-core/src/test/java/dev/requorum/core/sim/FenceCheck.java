package dev.requorum.core.sim;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Who can run besides a survivor, by what the API server stores: a voter's pod is there, or the
 * node of its machine is, and has been silent for so long that every look shows it. A process that
 * nobody can know of is not among them.
 */
final class FenceCheck {

  private final World world;
  private final Map<Integer, Set<String>> looked = new HashMap<>();

  FenceCheck(World world) {
    this.world = world;
  }

  /** An operator begins to look. */
  void looks(int operator) {
    looked.put(operator, runnable());
  }

  /** One that could run when this operator looked and can now; empty where there is none. */
  Optional<String> besides(int operator, Optional<String> survivor) {
    Set<String> then = looked.getOrDefault(operator, Set.of());
    return runnable().stream()
        .filter(then::contains)
        .filter(pod -> !survivor.equals(Optional.of(pod)))
        .findFirst();
  }

  private Set<String> runnable() {
    Set<String> pods = new TreeSet<>();
    for (Etcd one : world.members.running()) {
      Machine machine = world.kube.machines.get(one.machine);
      if (votes(one.store) && isKnown(one.pod, one.podUid, machine)) {
        pods.add(one.pod);
      }
    }
    for (Machine machine : world.kube.machines) {
      machine
          .assigned
          .filter(pod -> machine.on && isKnown(pod.name, pod.uid, machine))
          .filter(pod -> data(pod).filter(this::votes).isPresent())
          .ifPresent(pod -> pods.add(pod.name));
    }
    return pods;
  }

  private Optional<Store> data(Pod pod) {
    return world.members.store(pod.claimUid, world.directory());
  }

  /** In the newest life, by its own account a member, and removed by nobody's. */
  private boolean votes(Store store) {
    return store.epoch == world.ledger.newest()
        && store.votes(store.id)
        && world.members.stores().stream()
            .filter(other -> other.epoch == store.epoch)
            .noneMatch(other -> other.removed.contains(store.id));
  }

  private boolean isKnown(String pod, String uid, Machine machine) {
    boolean stored = world.kube.pod(pod).filter(there -> there.uid.equals(uid)).isPresent();
    long silentFor = world.kube.second - machine.lastContact;
    boolean silent = silentFor >= Kube.SILENCE_NOTICED_AFTER + World.STALEST;
    return machine.exists && !machine.outOfService && (stored || silent);
  }
}
