package dev.requorum.ports.record;

import dev.requorum.ports.etcd.MemberId;
import java.util.Objects;

/** Who led the cluster when a quorum last confirmed it, and in which raft term. */
public record Leadership(MemberId leader, long raftTerm) {

  public Leadership {
    Objects.requireNonNull(leader, "leader");
  }
}
