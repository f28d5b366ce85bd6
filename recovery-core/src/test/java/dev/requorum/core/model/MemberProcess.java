package dev.requorum.core.model;

import dev.requorum.ports.etcd.MemberId;
import java.util.Comparator;
import java.util.Optional;

/** A running etcd. It dies with its pod, or lives on where nobody can tell it to stop. */
final class MemberProcess {

  /** Descending: who leads goes on leading, else the freshest is elected. */
  static final Comparator<MemberProcess> CANDIDACY =
      Comparator.comparing((MemberProcess p) -> !p.leadsItself())
          .thenComparing(p -> -p.disk.term)
          .thenComparing(p -> -p.disk.index)
          .thenComparing(p -> p.pod);

  final String pod;
  final String podUid;
  final String ip;
  final Disk disk;
  Optional<MemberId> leader = Optional.empty();

  /** Whether it has seen a leader since it started: before that it opens no port to clients. */
  boolean serves;

  MemberProcess(String pod, String podUid, String ip, Disk disk) {
    this.pod = pod;
    this.podUid = podUid;
    this.ip = ip;
    this.disk = disk;
  }

  boolean leadsItself() {
    return leader.filter(disk.id::equals).isPresent();
  }
}
