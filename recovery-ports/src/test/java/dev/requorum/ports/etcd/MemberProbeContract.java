package dev.requorum.ports.etcd;

import static dev.requorum.ports.etcd.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.requorum.ports.Outcome;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What every {@link MemberProbe} guarantees. */
public abstract class MemberProbeContract {

  private static final ProbeLimits LIMITS =
      new ProbeLimits(Duration.ofSeconds(3), Duration.ofSeconds(3));
  private static final Duration WAIT_MAX = Duration.ofSeconds(30);

  /** A healthy cluster of {@code m0} to {@code m(voters - 1)}. */
  protected abstract ClusterUnderTest healthy(int voters);

  @Test
  @DisplayName("With a quorum all members answer, agree on a leader, and their list is confirmed")
  void quorum() {
    try (ClusterUnderTest cluster = healthy(3)) {
      EtcdView view = cluster.probe().probe(cluster.endpoints("m0", "m1", "m2"), LIMITS);

      assertThat(view.answers()).containsOnlyKeys("m0", "m1", "m2");
      List<MemberStatus> all = view.answers().keySet().stream().map(n -> status(view, n)).toList();
      assertThat(all).extracting(MemberStatus::id).doesNotHaveDuplicates();
      assertThat(all).extracting(MemberStatus::clusterId).containsOnly(all.get(0).clusterId());
      assertThat(all).extracting(MemberStatus::leader).containsOnly(all.get(0).leader());
      assertThat(all).filteredOn(MemberStatus::leadsItself).hasSize(1);
      assertThat(all)
          .allSatisfy(
              status -> {
                assertThat(status.learner()).isFalse();
                assertThat(status.raftTerm()).isPositive();
                assertThat(status.raftIndex()).isPositive();
                assertThat(status.dbSize()).isPositive();
                assertThat(status.version()).matches("3\\.\\d+\\.\\d+");
                assertThat(status.errors()).isEmpty();
              });

      List<Member> members = view.linearizableMembers().value().orElseThrow();
      assertThat(members).isSorted();
      assertThat(members).extracting(Member::name).containsExactlyInAnyOrder("m0", "m1", "m2");
      assertThat(members).flatExtracting(Member::peerUrls).contains(cluster.peerUrl("m1"));
      assertThat(members)
          .extracting(Member::id)
          .containsExactlyInAnyOrderElementsOf(all.stream().map(MemberStatus::id).toList());
      assertThat(view.answers().values())
          .allSatisfy(answer -> assertThat(answer.membersAsKnown().value()).contains(members));
    }
  }

  @Test
  @Tag("S05")
  @DisplayName(
      "S05: without a quorum the survivor speaks for itself and knows no leader, and no list is"
          + " confirmed")
  void quorumLoss() {
    try (ClusterUnderTest cluster = healthy(3)) {
      List<MemberEndpoint> endpoints = cluster.endpoints("m0", "m1", "m2");
      List<Member> before =
          cluster.probe().probe(endpoints, LIMITS).linearizableMembers().value().orElseThrow();
      cluster.kill("m0");
      cluster.kill("m2");

      EtcdView view = withoutLeader(cluster, endpoints, "m1");

      assertThat(status(view, "m1").errors()).contains("etcdserver: no leader");
      assertThat(view.answers().get("m1").membersAsKnown().value()).contains(before);
      assertThat(view.linearizableMembers().why()).isPresent();
      assertThat(view.answers()).containsOnlyKeys("m0", "m1", "m2");
      assertThat(view.answers().get("m0").status().why().orElseThrow())
          .contains("m0")
          .contains(cluster.endpoint("m0").clientUrl().toString());
      assertThat(view.answers().get("m0").membersAsKnown().isKnown()).isFalse();
    }
  }

  @Test
  @Tag("S05")
  @DisplayName("S05: the dead members' failure to list does not hide that a quorum confirms a list")
  void minorityDown() {
    try (ClusterUnderTest cluster = healthy(3)) {
      cluster.kill("m0");
      eventually(
          "a list confirmed by m1 and m2",
          WAIT_MAX,
          () -> cluster.probe().probe(cluster.endpoints("m0", "m1", "m2"), LIMITS),
          view ->
              view.linearizableMembers().value().filter(list -> list.size() == 3).isPresent()
                  && view.status("m0").isEmpty());
    }
  }

  @Test
  @Tag("S04")
  @DisplayName(
      "S04: one voter and a learner, out of two voters, know no leader and confirm no list")
  void learnerDoesNotVote() {
    try (ClusterUnderTest cluster = healthy(2)) {
      List<MemberEndpoint> endpoints = cluster.endpoints("m0", "m1", "m2");
      eventually(
          "m2 is added as a learner",
          WAIT_MAX,
          () -> cluster.membership().addLearner(endpoints, cluster.peerUrl("m2")),
          Outcome::isDone);
      cluster.start("m2");
      eventually(
          "m2 says that it is a learner",
          WAIT_MAX,
          () -> cluster.probe().probe(endpoints, LIMITS).status("m2"),
          status -> status.filter(MemberStatus::learner).isPresent());
      cluster.kill("m0");

      EtcdView view = withoutLeader(cluster, endpoints, "m1");

      assertThat(view.linearizableMembers().isKnown()).isFalse();
      assertThat(view.answers().get("m1").membersAsKnown().value().orElseThrow())
          .filteredOn(Member::learner)
          .extracting(Member::name)
          .containsExactly("m2");
    }
  }

  @Test
  @DisplayName("A member that is back is known again at the next look")
  void back() {
    try (ClusterUnderTest cluster = healthy(1)) {
      List<MemberEndpoint> endpoints = cluster.endpoints("m0");
      MemberStatus before = status(cluster.probe().probe(endpoints, LIMITS), "m0");
      cluster.kill("m0");
      assertThat(cluster.probe().probe(endpoints, LIMITS).status("m0")).isEmpty();
      cluster.start("m0");

      EtcdView view =
          eventually(
              "m0 leads again",
              WAIT_MAX,
              () -> cluster.probe().probe(endpoints, LIMITS),
              seen -> seen.status("m0").filter(MemberStatus::leadsItself).isPresent());

      assertThat(status(view, "m0").id()).isEqualTo(before.id());
      assertThat(status(view, "m0").raftTerm()).isGreaterThan(before.raftTerm());
    }
  }

  @Test
  @DisplayName(
      "A voter that restarts without a quorum names its cluster at its peer port alone, until it"
          + " has seen a leader")
  void restartedWithoutQuorum() {
    try (ClusterUnderTest cluster = healthy(3)) {
      List<MemberEndpoint> endpoints = cluster.endpoints("m1");
      EtcdView healthy =
          eventually(
              "m1 answers",
              WAIT_MAX,
              () -> cluster.probe().probe(endpoints, LIMITS),
              view -> view.status("m1").isPresent());
      ClusterId ours = status(healthy, "m1").clusterId();
      assertThat(healthy.peersOnly("m1")).isEmpty();
      cluster.kill("m0");
      cluster.kill("m2");
      cluster.kill("m1");
      cluster.start("m1");

      EtcdView alone =
          eventually(
              "m1 answers at its peer port",
              WAIT_MAX,
              () -> cluster.probe().probe(endpoints, LIMITS),
              view -> view.peersOnly("m1").isPresent());
      assertThat(alone.peersOnly("m1")).contains(ours);
      assertThat(alone.status("m1")).isEmpty();
      assertThat(cluster.probe().probe(endpoints, LIMITS).peersOnly("m1"))
          .as("what it says as long as it is alone")
          .contains(ours);

      cluster.start("m2");
      EtcdView led =
          eventually(
              "m1 answers again",
              WAIT_MAX,
              () -> cluster.probe().probe(endpoints, LIMITS),
              view -> view.status("m1").isPresent());
      assertThat(led.peersOnly("m1")).isEmpty();
    }
  }

  @Test
  @DisplayName("A member that hangs, or that was killed, answers at neither port")
  void hanging() {
    try (ClusterUnderTest cluster = healthy(2)) {
      cluster.kill("m1");
      cluster.hang("m0");

      EtcdView view = cluster.probe().probe(cluster.endpoints("m0", "m1"), LIMITS);

      assertThat(view.answers().values())
          .allSatisfy(
              answer -> {
                assertThat(answer.status().isKnown()).isFalse();
                assertThat(answer.peersOnly()).isEmpty();
              });
    }
  }

  @Test
  @DisplayName("A write raises the revision and the raft index that a member reports")
  void revision() {
    try (ClusterUnderTest cluster = healthy(1)) {
      List<MemberEndpoint> endpoints = cluster.endpoints("m0");
      MemberStatus before = status(cluster.probe().probe(endpoints, LIMITS), "m0");
      cluster.put("k", "v");
      MemberStatus after = status(cluster.probe().probe(endpoints, LIMITS), "m0");
      assertThat(after.revision()).isEqualTo(before.revision() + 1);
      assertThat(after.raftIndex()).isGreaterThan(before.raftIndex());
      assertThat(after.raftAppliedIndex()).isPositive().isLessThanOrEqualTo(after.raftIndex());
    }
  }

  @Test
  @DisplayName("With nobody to ask nothing is known")
  void nobody() {
    try (ClusterUnderTest cluster = healthy(1)) {
      assertThat(cluster.probe().probe(List.of(), LIMITS)).isEqualTo(EtcdView.nothingAsked());
    }
  }

  private static EtcdView withoutLeader(
      ClusterUnderTest cluster, List<MemberEndpoint> endpoints, String survivor) {
    return eventually(
        survivor + " knows no leader",
        WAIT_MAX,
        () -> cluster.probe().probe(endpoints, LIMITS),
        view ->
            view.status(survivor).map(MemberStatus::leader).equals(Optional.of(Optional.empty())));
  }

  private static MemberStatus status(EtcdView view, String name) {
    return view.status(name)
        .orElseThrow(() -> new AssertionError(view.answers().get(name).toString()));
  }
}
