package dev.requorum.ports.etcd;

import dev.requorum.ports.Fact;
import java.util.List;
import java.util.Objects;

/**
 * What came back from one endpoint within its deadline.
 *
 * <p>A refused connection proves that the address was reached, or something that answers in its
 * place, such as a firewall that rejects, and that nobody listened at the client port. It does not
 * prove that no etcd runs there: etcd opens that port only once it has seen a leader, while its
 * peer port is open. Silence, a deadline that passed and an address without a route are no refusal.
 *
 * @param membersAsKnown the membership as this member knows it: without quorum too, and possibly
 *     behind the cluster's
 * @param refused the connection was refused; never where the status is known
 */
public record MemberAnswer(
    MemberEndpoint endpoint,
    Fact<MemberStatus> status,
    Fact<List<Member>> membersAsKnown,
    boolean refused) {

  /** Of an endpoint that did not refuse the connection. */
  public MemberAnswer(
      MemberEndpoint endpoint, Fact<MemberStatus> status, Fact<List<Member>> membersAsKnown) {
    this(endpoint, status, membersAsKnown, false);
  }

  public MemberAnswer {
    Objects.requireNonNull(endpoint, "endpoint");
    Objects.requireNonNull(status, "status");
    Objects.requireNonNull(membersAsKnown, "membersAsKnown");
    if (refused && status.isKnown()) {
      throw new IllegalArgumentException(endpoint.name() + " cannot answer and refuse");
    }
  }
}
