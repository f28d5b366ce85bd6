package dev.requorum.ports.etcd;

import dev.requorum.ports.Fact;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What came back from one endpoint within its deadline.
 *
 * <p>etcd serves clients only once it has seen a leader since it started: before that, connections
 * to its client port are accepted and never answered, while it answers other members at its peer
 * port. A process that hangs, or that nobody reaches, answers at neither.
 *
 * @param membersAsKnown the membership as this member knows it: without quorum too, and possibly
 *     behind the cluster's
 * @param peersOnly the cluster that it named at its peer port, where it gave no status at its
 *     client port. It proves that an etcd of that cluster ran there at this look and did not serve
 *     us; not which member of it, nor why. Empty where the status is known, and where the client
 *     port spoke at all, if too slowly
 */
public record MemberAnswer(
    MemberEndpoint endpoint,
    Fact<MemberStatus> status,
    Fact<List<Member>> membersAsKnown,
    Optional<ClusterId> peersOnly) {

  /** Of an endpoint that did not answer at its peer port alone. */
  public MemberAnswer(
      MemberEndpoint endpoint, Fact<MemberStatus> status, Fact<List<Member>> membersAsKnown) {
    this(endpoint, status, membersAsKnown, Optional.empty());
  }

  public MemberAnswer {
    Objects.requireNonNull(endpoint, "endpoint");
    Objects.requireNonNull(status, "status");
    Objects.requireNonNull(membersAsKnown, "membersAsKnown");
    Objects.requireNonNull(peersOnly, "peersOnly");
    if (peersOnly.isPresent() && status.isKnown()) {
      throw new IllegalArgumentException(endpoint.name() + " serves clients, not peers alone");
    }
  }
}
