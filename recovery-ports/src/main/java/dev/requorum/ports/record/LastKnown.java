package dev.requorum.ports.record;

import dev.requorum.ports.etcd.ClusterId;
import dev.requorum.ports.etcd.MemberId;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What was last known good: the membership that a quorum confirmed.
 *
 * @param bootstrapped the cluster once had all its members healthy (S03); never becomes false again
 * @param members sorted by member id
 */
public record LastKnown(
    boolean bootstrapped, Optional<ClusterId> clusterId, List<KnownMember> members) {

  public LastKnown {
    Objects.requireNonNull(clusterId, "clusterId");
    members = members.stream().sorted(Comparator.comparing(KnownMember::id)).toList();
  }

  /** Nothing is known yet. */
  public static LastKnown nothing() {
    return new LastKnown(false, Optional.empty(), List.of());
  }

  /** The member of this id; empty where none is known. */
  public Optional<KnownMember> member(MemberId id) {
    return members.stream().filter(member -> member.id().equals(id)).findFirst();
  }
}
