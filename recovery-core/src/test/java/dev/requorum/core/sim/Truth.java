package dev.requorum.core.sim;

import dev.requorum.ports.etcd.Member;
import dev.requorum.ports.etcd.MemberId;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What is so at one instant, of the newest life that ever had a leader.
 *
 * @param majorityLives so many voters' processes are there, wherever they are, and are not told to
 *     end, that they could elect a leader or have one
 * @param witnessesAllowIt by what this operator could hear of etcd and by what the API server
 *     stores, so many voters may be alive
 * @param silenceNoticed no node is silent without the API server's having noticed
 */
record Truth(boolean majorityLives, boolean witnessesAllowIt, boolean silenceNoticed) {

  static Truth of(World world, int operator) {
    Epoch epoch = world.ledger.newest();
    Set<MemberId> alive = new HashSet<>();
    for (Etcd one : world.members.running()) {
      if (one.store.epoch == epoch && !isEnding(world, one)) {
        alive.add(one.store.id);
      }
    }
    Set<MemberId> maybe = new HashSet<>();
    List<Store> all =
        world.members.stores().stream()
            .filter(store -> store.epoch == epoch && store.base.isPresent())
            .toList();
    List<Store> stores = all.stream().filter(world::isReachableData).toList();
    for (Store store : stores) {
      for (Member member : store.members) {
        if (!maybe.contains(member.id()) && mayLive(world, member, epoch, operator)) {
          maybe.add(member.id());
        }
      }
    }
    return new Truth(
        anyElects(stores, all, alive), anyElects(stores, all, maybe), world.silenceIsNoticed());
  }

  /**
   * Its pod is being deleted, or was deleted by force, on a machine that is told so: its kubelet
   * ends it, and who waits for that is the fence.
   */
  private static boolean isEnding(World world, Etcd one) {
    Machine machine = world.kube.machines.get(one.machine);
    return world.net.talk(one.machine, Net.API)
        && world.kube.reports(machine)
        && world
            .kube
            .pod(one.pod)
            .filter(pod -> pod.uid.equals(one.podUid) && !pod.terminating)
            .isEmpty();
  }

  /**
   * Whether anybody of these has a majority of its own voters among them that would vote for it. A
   * vote of a member whose removal was committed does not count: whoever is elected with it leads
   * without it at once.
   */
  private static boolean anyElects(List<Store> stores, List<Store> all, Set<MemberId> these) {
    Set<MemberId> removed = new HashSet<>();
    all.forEach(store -> removed.addAll(store.removed));
    for (Store store : stores) {
      long votes =
          store.members.stream()
              .filter(member -> !member.learner() && !removed.contains(member.id()))
              .filter(member -> these.contains(member.id()))
              .filter(member -> votesFor(store, member.id(), all))
              .count();
      boolean stands =
          store.votes(store.id) && these.contains(store.id) && !removed.contains(store.id);
      if (stands && 2 * votes > store.voters()) {
        return true;
      }
    }
    return false;
  }

  /** No voter elects a candidate whose log is behind its own. */
  private static boolean votesFor(Store candidate, MemberId voter, List<Store> all) {
    List<Store> voters = all.stream().filter(store -> store.id.equals(voter)).toList();
    return voters.isEmpty() || voters.stream().anyMatch(candidate::isUpToDateFor);
  }

  /** Nobody has the address of a process whose pod was deleted by force. */
  private static boolean hasPod(World world, Etcd one) {
    return world.kube.pod(one.pod).filter(pod -> pod.uid.equals(one.podUid)).isPresent();
  }

  private static boolean mayLive(World world, Member voter, Epoch epoch, int operator) {
    for (Etcd one : world.members.running()) {
      if (one.store.id.equals(voter.id())
          && one.store.epoch == epoch
          && one.serves
          && !one.hangs
          && hasPod(world, one)
          && world.net.talk(operator, one.machine)) {
        return true;
      }
    }
    int ordinal = World.CLUSTER.ordinalOf(voter.podName()).orElse(-1);
    if (ordinal < 0) {
      return false;
    }
    Machine machine = world.kube.machines.get(ordinal);
    if (!machine.exists) {
      return false;
    }
    if (!world.kube.reports(machine)) {
      return !machine.outOfService;
    }
    return world
        .kube
        .pod(voter.podName())
        .filter(pod -> pod.ready || runs(pod))
        .flatMap(pod -> world.members.store(pod.claimUid, world.directory()))
        .filter(store -> store.id.equals(voter.id()))
        .isPresent();
  }

  private static boolean runs(Pod pod) {
    return pod.running && !pod.terminating;
  }
}
