package dev.requorum.ports.etcd;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What one member says of itself (etcd's {@code Maintenance.Status}, which needs no quorum).
 *
 * @param leader whom this member takes for the leader; empty where it knows none. One member's
 *     word, possibly stale.
 * @param raftIndex the committed raft index as this member knows it
 * @param revision the newest revision in this member's store
 * @param dbSize bytes
 * @param errors etcd's own complaints, such as "etcdserver: no leader"
 */
public record MemberStatus(
    MemberId id,
    ClusterId clusterId,
    Optional<MemberId> leader,
    long raftTerm,
    long raftIndex,
    long raftAppliedIndex,
    long revision,
    boolean learner,
    String version,
    long dbSize,
    List<String> errors) {

  public MemberStatus {
    Objects.requireNonNull(id, "id");
    Objects.requireNonNull(clusterId, "clusterId");
    Objects.requireNonNull(leader, "leader");
    Objects.requireNonNull(version, "version");
    errors = List.copyOf(errors);
  }

  /** True where this member takes itself for the leader. */
  public boolean leadsItself() {
    return leader.filter(id::equals).isPresent();
  }
}
