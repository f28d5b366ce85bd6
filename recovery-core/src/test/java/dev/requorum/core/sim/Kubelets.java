package dev.requorum.core.sim;

import dev.requorum.ports.kubernetes.RestoreView;
import java.util.Optional;

/**
 * What the machines do: run what they were last told to run, whether they reach the API server or
 * not, and report where they do.
 */
final class Kubelets {

  /** Seconds that a container that exited waits before it is started again. */
  private static final int BACK_OFF = 4;

  private final Kube kube;
  private final Members members;
  private final Net net;
  int restoresKilled;

  Kubelets(Kube kube, Members members, Net net) {
    this.kube = kube;
    this.members = members;
    this.net = net;
  }

  void second() {
    for (Machine machine : kube.machines) {
      if (machine.on) {
        boolean inTouch = machine.exists && net.talk(machine.ordinal, Net.API);
        if (inTouch) {
          hearAndObey(machine);
        }
        machine.assigned.ifPresent(pod -> run(machine, pod));
        restoring(machine, inTouch);
        if (inTouch) {
          machine.lastContact = kube.second;
          machine.assigned.ifPresent(this::report);
        }
      }
    }
  }

  private void hearAndObey(Machine machine) {
    Optional<Pod> stored = kube.pod(World.CLUSTER.memberName(machine.ordinal));
    for (Etcd one : members.running()) {
      boolean orphan =
          one.machine == machine.ordinal
              && stored.filter(pod -> pod.uid.equals(one.podUid)).isEmpty();
      if (orphan) {
        members.stop(one.podUid, true);
      }
    }
    stored
        .filter(pod -> pod.terminating)
        .filter(pod -> !machine.stuck || members.process(pod.uid).isEmpty())
        .ifPresent(
            pod -> {
              members.stop(pod.uid, true);
              kube.remove(pod);
            });
    machine.assigned = stored.filter(pod -> !pod.terminating);
    machine.assigned.ifPresent(pod -> pod.bound = true);
    machine.told = kube.initialCluster;
  }

  private void run(Machine machine, Pod pod) {
    if (members.process(pod.uid).isPresent() || pod.backOff-- > 0) {
      return;
    }
    pod.backOff = BACK_OFF;
    pod.starts++;
    pod.detail =
        members
            .start(
                new Members.Start(
                    pod.name,
                    pod.uid,
                    pod.ip,
                    machine.ordinal,
                    pod.claimUid,
                    pod.template.forceFlag(),
                    pod.armedFor,
                    machine.told))
            .orElse("");
    members.process(pod.uid).ifPresent(one -> one.slow = machine.slow);
  }

  private void report(Pod pod) {
    Optional<Etcd> process = members.process(pod.uid);
    pod.running = process.isPresent();
    pod.ready = process.filter(one -> one.leader.isPresent() && !one.hangs).isPresent();
  }

  private void restoring(Machine machine, boolean inTouch) {
    kube.restore
        .filter(pod -> pod.machine == machine.ordinal && !pod.ended())
        .ifPresent(
            pod -> {
              if (pod.runs && inTouch) {
                finish(pod);
              }
              pod.runs |= inTouch;
            });
  }

  private void finish(RestorePod pod) {
    boolean whole = restoresKilled <= 0;
    restoresKilled -= whole ? 0 : 1;
    pod.end(members.restore(pod.order, whole));
  }

  /** The machine stops in this instant, and all that runs on it. */
  void powerOff(Machine machine) {
    machine.on = false;
    machine.assigned = Optional.empty();
    for (Etcd one : members.running()) {
      if (one.machine == machine.ordinal) {
        members.stop(one.podUid, false);
      }
    }
    kube.restore
        .filter(pod -> pod.machine == machine.ordinal && pod.runs)
        .filter(pod -> pod.state == RestoreView.State.UNDER_WAY)
        .ifPresent(pod -> pod.end(members.restore(pod.order, false)));
  }
}
