package dev.requorum.ports.etcd;

import dev.requorum.ports.Fact;
import java.util.List;
import java.util.Objects;

/**
 * What came back from one endpoint within its deadline.
 *
 * @param membersAsKnown the membership as this member knows it: without quorum too, and possibly
 *     behind the cluster's
 */
public record MemberAnswer(
    MemberEndpoint endpoint, Fact<MemberStatus> status, Fact<List<Member>> membersAsKnown) {

  public MemberAnswer {
    Objects.requireNonNull(endpoint, "endpoint");
    Objects.requireNonNull(status, "status");
    Objects.requireNonNull(membersAsKnown, "membersAsKnown");
  }
}
