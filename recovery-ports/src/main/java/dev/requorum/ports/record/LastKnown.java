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
 * @param leadership empty where it was never seen
 * @param directory the data directory of all members, by its name on each one's volume; empty for
 *     the volume's own top
 */
public record LastKnown(
    boolean bootstrapped,
    Optional<ClusterId> clusterId,
    List<KnownMember> members,
    Optional<Leadership> leadership,
    Optional<String> directory) {

  /** With no leader known, and the data at the volume's own top. */
  public LastKnown(boolean bootstrapped, Optional<ClusterId> clusterId, List<KnownMember> members) {
    this(bootstrapped, clusterId, members, Optional.empty(), Optional.empty());
  }

  public LastKnown {
    Objects.requireNonNull(clusterId, "clusterId");
    members = members.stream().sorted(Comparator.comparing(KnownMember::id)).toList();
    Objects.requireNonNull(leadership, "leadership");
    Objects.requireNonNull(directory, "directory");
  }

  /** The same with other members. */
  public LastKnown withMembers(List<KnownMember> next) {
    return new LastKnown(bootstrapped, clusterId, next, leadership, directory);
  }

  /** Nothing is known yet. */
  public static LastKnown nothing() {
    return new LastKnown(false, Optional.empty(), List.of());
  }

  /** The members that vote, sorted by member id. */
  public List<KnownMember> voters() {
    return members.stream().filter(member -> !member.learner()).toList();
  }

  /** The member of this id; empty where none is known. */
  public Optional<KnownMember> member(MemberId id) {
    return members.stream().filter(member -> member.id().equals(id)).findFirst();
  }
}
