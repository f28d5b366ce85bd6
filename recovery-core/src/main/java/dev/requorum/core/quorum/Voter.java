package dev.requorum.core.quorum;

import dev.requorum.ports.etcd.MemberId;
import dev.requorum.ports.etcd.MemberStatus;
import dev.requorum.ports.record.Missing;
import java.util.Objects;
import java.util.Optional;

/**
 * One voting member and what both witnesses say of it.
 *
 * @param name the name of its pod
 * @param status its own answer; present exactly where it is {@link Health#UP}
 * @param missing Kubernetes' account; empty exactly where it is {@link Health#UP}
 * @param awaitsLeader its etcd runs, with its data, but serves no clients before it has seen a
 *     leader; only where it is {@link Missing#DOWN}. It may vote all the same, so that its health
 *     is {@link Health#UNKNOWN}
 * @param detail that account in words
 */
public record Voter(
    MemberId id,
    String name,
    Health health,
    Optional<MemberStatus> status,
    Optional<Missing> missing,
    boolean awaitsLeader,
    String detail) {

  /** One that does not wait for a leader. */
  public Voter(
      MemberId id,
      String name,
      Health health,
      Optional<MemberStatus> status,
      Optional<Missing> missing,
      String detail) {
    this(id, name, health, status, missing, false, detail);
  }

  public Voter {
    Objects.requireNonNull(id, "id");
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(health, "health");
    Objects.requireNonNull(detail, "detail");
    if (status.isPresent() != (health == Health.UP)
        || missing.isPresent() == (health == Health.UP)) {
      throw new IllegalArgumentException("status goes with UP, missing with anything else: " + id);
    }
    if (awaitsLeader && !missing.equals(Optional.of(Missing.DOWN))) {
      throw new IllegalArgumentException("only who is down awaits a leader: " + id);
    }
  }

  static Voter up(MemberId id, String name, MemberStatus status) {
    return new Voter(id, name, Health.UP, Optional.of(status), Optional.empty(), "answers");
  }

  static Voter absent(MemberId id, String name, Absence absence, String detail) {
    Missing missing = absence.missing();
    boolean mayVote = missing == Missing.UNREACHABLE || absence.awaitsLeader();
    Health health = mayVote ? Health.UNKNOWN : Health.MISSING;
    return new Voter(
        id, name, health, Optional.empty(), Optional.of(missing), absence.awaitsLeader(), detail);
  }

  public boolean isUp() {
    return health == Health.UP;
  }
}
