package dev.requorum.core.model;

import dev.requorum.ports.kubernetes.PodView;
import java.util.Optional;

/** A pod of the simulated StatefulSet. */
final class SimulatedPod {

  final String name;
  final int ordinal;
  final String uid;
  final String ip;
  final String claimUid;
  final boolean forceFlag;
  final SimulatedKubernetes.Template template;
  Optional<String> node = Optional.empty();
  boolean running;
  boolean terminating;
  int backOff;
  int starts;
  String detail = "";

  SimulatedPod(SimulatedKubernetes.Template template, int ordinal, String uid, String claimUid) {
    this.name = World.CLUSTER.memberName(ordinal);
    this.ordinal = ordinal;
    this.uid = uid;
    this.ip = "10.9.0." + uid.substring(uid.indexOf('-') + 1);
    this.claimUid = claimUid;
    this.forceFlag = template.forceFlag();
    this.template = template;
  }

  PodView view(boolean ready, SimulatedKubernetes.Template now) {
    return new PodView(
        name,
        uid,
        node.map(any -> ip),
        node,
        ready,
        running,
        terminating,
        forceFlag,
        !template.equals(now),
        Math.max(0, starts - 1),
        running ? "" : detail);
  }
}
