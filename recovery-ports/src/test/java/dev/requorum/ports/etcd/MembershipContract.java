package dev.requorum.ports.etcd;

import static dev.requorum.ports.etcd.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.requorum.ports.Outcome;
import dev.requorum.ports.PortFailure;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What every {@link Membership} guarantees. */
public abstract class MembershipContract {

  private static final ProbeLimits LIMITS =
      new ProbeLimits(Duration.ofSeconds(3), Duration.ofSeconds(3));
  private static final Duration WAIT_MAX = Duration.ofSeconds(30);
  private static final MemberId NOBODY = MemberId.parse("dead00000000beef");

  /** A healthy cluster of {@code m0} to {@code m(voters - 1)}. */
  protected abstract ClusterUnderTest healthy(int voters);

  @Test
  @Tag("S18")
  @DisplayName("S18: a member joins as a learner, is refused as a voter until in sync, then votes")
  void learnerBecomesVoter() {
    try (ClusterUnderTest cluster = healthy(1)) {
      List<MemberEndpoint> m0 = cluster.endpoints("m0");
      cluster.put("k", "v");
      assertDone(cluster.membership().addLearner(m0, cluster.peerUrl("m1")));
      Member added = only(members(cluster), true);
      assertThat(added.name()).isEmpty();
      assertThat(added.peerUrls()).containsExactly(cluster.peerUrl("m1"));

      assertRefused(cluster.membership().promote(m0, added.id()), "in sync with leader");
      assertThat(only(members(cluster), true)).isEqualTo(added);

      cluster.start("m1");
      eventually(
          "m1 is promoted",
          WAIT_MAX,
          () -> cluster.membership().promote(m0, added.id()),
          Outcome::isDone);
      assertThat(members(cluster)).extracting(Member::learner).containsExactly(false, false);
      assertThat(members(cluster)).extracting(Member::name).containsExactlyInAnyOrder("m0", "m1");
    }
  }

  @Test
  @Tag("S06")
  @DisplayName("S06: an act that was done before is done, and changes nothing again")
  void idempotent() {
    try (ClusterUnderTest cluster = healthy(1)) {
      List<MemberEndpoint> m0 = cluster.endpoints("m0");
      Membership membership = cluster.membership();
      MemberId voter = only(members(cluster), false).id();
      assertDone(membership.addLearner(m0, cluster.peerUrl("m1")));
      List<Member> withLearner = members(cluster);

      assertDone(membership.addLearner(m0, cluster.peerUrl("m1")));
      assertDone(membership.addLearner(m0, cluster.peerUrl("m0")));
      assertDone(membership.promote(m0, voter));
      assertThat(members(cluster)).isEqualTo(withLearner);

      MemberId learner = only(withLearner, true).id();
      assertDone(membership.remove(m0, learner));
      assertDone(membership.remove(m0, learner));
      assertDone(membership.remove(m0, NOBODY));
      assertThat(members(cluster)).extracting(Member::id).containsExactly(voter);
    }
  }

  @Test
  @DisplayName("Nobody who is not listed can be promoted")
  void promoteNobody() {
    try (ClusterUnderTest cluster = healthy(1)) {
      assertThat(cluster.membership().promote(cluster.endpoints("m0"), NOBODY).isDone()).isFalse();
    }
  }

  @Test
  @DisplayName("A second learner is refused while the first is one")
  void oneLearnerAtATime() {
    try (ClusterUnderTest cluster = healthy(1)) {
      List<MemberEndpoint> m0 = cluster.endpoints("m0");
      assertDone(cluster.membership().addLearner(m0, cluster.peerUrl("m1")));
      assertRefused(
          cluster.membership().addLearner(m0, cluster.peerUrl("m2")), "too many learner members");
      assertThat(members(cluster)).hasSize(2);
    }
  }

  @Test
  @DisplayName("With a voter down, etcd refuses a new member and the removal of a live voter")
  void unhealthy() {
    try (ClusterUnderTest cluster = healthy(3)) {
      List<MemberEndpoint> all = cluster.endpoints("m0", "m1", "m2");
      List<Member> before = members(cluster, "m0", "m1", "m2");
      cluster.kill("m0");
      eventually(
          "m1 and m2 have a quorum",
          WAIT_MAX,
          () -> cluster.probe().probe(all, LIMITS).linearizableMembers(),
          list -> list.isKnown());

      assertRefused(cluster.membership().addLearner(all, cluster.peerUrl("m3")), "unhealthy");
      assertRefused(cluster.membership().remove(all, named(before, "m1").id()), "unhealthy");
      assertThat(members(cluster, "m0", "m1", "m2")).isEqualTo(before);

      assertDone(cluster.membership().remove(all, named(before, "m0").id()));
      assertThat(members(cluster, "m1", "m2")).extracting(Member::name).doesNotContain("m0");
    }
  }

  @Test
  @Tag("S19")
  @DisplayName("S19: without a quorum every act fails as unknown, with what was tried, and in time")
  void withoutQuorum() {
    try (ClusterUnderTest cluster = healthy(3)) {
      List<MemberEndpoint> all = cluster.endpoints("m0", "m1", "m2");
      List<Member> before = members(cluster, "m0", "m1", "m2");
      MemberId m1 = named(before, "m1").id();
      cluster.kill("m0");
      cluster.kill("m2");

      Membership membership = cluster.membership();
      assertThatThrownBy(() -> membership.addLearner(all, cluster.peerUrl("m3")))
          .isInstanceOf(PortFailure.class)
          .hasMessageContaining("add a learner at " + cluster.peerUrl("m3"));
      assertThatThrownBy(() -> membership.promote(all, m1))
          .isInstanceOf(PortFailure.class)
          .hasMessageContaining("promote learner " + m1);
      assertThatThrownBy(() -> membership.remove(all, m1))
          .isInstanceOf(PortFailure.class)
          .hasMessageContaining("remove member " + m1);
    }
  }

  @Test
  @DisplayName("With nobody to ask every act fails")
  void nobody() {
    try (ClusterUnderTest cluster = healthy(1)) {
      assertThatThrownBy(() -> cluster.membership().remove(List.of(), NOBODY))
          .isInstanceOf(PortFailure.class);
    }
  }

  private static List<Member> members(ClusterUnderTest cluster) {
    return members(cluster, "m0");
  }

  private static List<Member> members(ClusterUnderTest cluster, String... names) {
    return eventually(
            "a confirmed member list",
            WAIT_MAX,
            () -> cluster.probe().probe(cluster.endpoints(names), LIMITS).linearizableMembers(),
            list -> list.isKnown())
        .value()
        .orElseThrow();
  }

  private static Member only(List<Member> members, boolean learner) {
    assertThat(members).filteredOn(member -> member.learner() == learner).hasSize(1);
    return members.stream().filter(member -> member.learner() == learner).findFirst().orElseThrow();
  }

  private static Member named(List<Member> members, String name) {
    return members.stream().filter(member -> member.name().equals(name)).findFirst().orElseThrow();
  }

  private static void assertDone(Outcome outcome) {
    assertThat(outcome).isEqualTo(Outcome.done());
  }

  private static void assertRefused(Outcome outcome, String why) {
    assertThat(outcome)
        .isInstanceOfSatisfying(
            Outcome.Refused.class, refused -> assertThat(refused.why()).contains(why));
  }
}
