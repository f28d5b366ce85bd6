package dev.requorum.core.sim;

import dev.requorum.ports.kubernetes.PodView;
import java.util.Optional;

/** A member's pod: its object, and what its kubelet last reported of it. */
final class Pod {

  /** The pod template as far as it matters; {@code number} is that of the rest of it. */
  record Template(boolean forceFlag, int number) {}

  final String name;
  final int ordinal;
  final String uid;
  final String ip;
  final String claimUid;
  final Template template;
  final Optional<String> armedFor;
  boolean bound;
  boolean terminating;
  boolean running;
  boolean ready;
  String detail = "";

  /** Seconds until its container is started again; the kubelet's own. */
  int backOff;

  int starts;

  Pod(int ordinal, String uid, String claimUid, Template template, Optional<String> armedFor) {
    this.name = World.CLUSTER.memberName(ordinal);
    this.ordinal = ordinal;
    this.uid = uid;
    this.ip = "10.9.0." + uid.substring(uid.indexOf('-') + 1);
    this.claimUid = claimUid;
    this.template = template;
    this.armedFor = armedFor;
  }

  PodView view(boolean nodeReports, Template now) {
    return new PodView(
        name,
        uid,
        bound ? Optional.of(ip) : Optional.empty(),
        bound ? Optional.of(Kube.node(ordinal)) : Optional.empty(),
        ready && nodeReports,
        running,
        terminating,
        template.forceFlag(),
        !template.equals(now),
        Math.max(0, starts - 1),
        running ? "" : detail);
  }
}
