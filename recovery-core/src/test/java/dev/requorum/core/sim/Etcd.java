package dev.requorum.core.sim;

import dev.requorum.ports.etcd.MemberId;
import java.util.Optional;

/** A running etcd. */
final class Etcd {

  final String pod;
  final String podUid;
  final String ip;
  final int machine;
  final Store store;
  boolean leads;
  Optional<MemberId> leader = Optional.empty();

  /** The port for clients is open. */
  boolean serves;

  /** Stopped by a signal: alive, and does nothing until it is woken. */
  boolean hangs;

  boolean slow;

  Etcd(String pod, String podUid, String ip, int machine, Store store) {
    this.pod = pod;
    this.podUid = podUid;
    this.ip = ip;
    this.machine = machine;
    this.store = store;
  }

  void followNobody() {
    leads = false;
    leader = Optional.empty();
  }

  @Override
  public String toString() {
    return "%s (%s): %s, leader %s, term %d, log %d, committed %d, revision %d, members %s%s%s"
        .formatted(
            pod,
            store.id,
            store.epoch,
            leader.map(Object::toString).orElse("none"),
            store.term,
            store.log.size(),
            store.commit,
            store.revision,
            store.members.stream().map(one -> one.podName() + (one.learner() ? "?" : "")).toList(),
            hangs ? ", stands still" : "",
            slow ? ", slow" : "");
  }
}
