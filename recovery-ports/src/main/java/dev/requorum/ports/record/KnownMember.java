package dev.requorum.ports.record;

import dev.requorum.ports.etcd.Member;
import dev.requorum.ports.etcd.MemberId;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * A member as it was last seen while the cluster had a quorum.
 *
 * @param name the pod's name
 * @param volumeUid the claim that held its data when it was last seen healthy; of a learner that
 *     never answered, the one that its etcd was first seen to run on
 * @param node the node that its pod ran on when it last had a pod
 * @param revision the newest revision it had; 0 where it was never seen
 * @param seenAt when it last answered
 */
public record KnownMember(
    MemberId id,
    String name,
    boolean learner,
    Optional<String> volumeUid,
    Optional<String> node,
    long revision,
    Optional<Instant> seenAt) {

  public KnownMember {
    Objects.requireNonNull(id, "id");
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(volumeUid, "volumeUid");
    Objects.requireNonNull(node, "node");
    Objects.requireNonNull(seenAt, "seenAt");
  }

  /** As an entry of a member list without peer URLs. */
  public Member asMember() {
    return new Member(id, name, List.of(), learner);
  }
}
