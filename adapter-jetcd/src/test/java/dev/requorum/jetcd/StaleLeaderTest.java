package dev.requorum.jetcd;

import static dev.requorum.ports.etcd.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.requorum.ports.etcd.EtcdView;
import dev.requorum.ports.etcd.MemberEndpoint;
import dev.requorum.ports.etcd.MemberStatus;
import dev.requorum.ports.etcd.ProbeLimits;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@DisplayName("A leader that lost its quorum")
class StaleLeaderTest {

  private static final ProbeLimits LIMITS =
      new ProbeLimits(Duration.ofSeconds(1), Duration.ofSeconds(2));
  private static final Duration WAIT_MAX = Duration.ofSeconds(60);

  @Test
  @Tag("S05")
  @DisplayName("S05: goes on calling itself the leader for a while, and yet confirms no list")
  void claim() {
    try (EtcdProcesses cluster =
        EtcdProcesses.healthy(3, "--heartbeat-interval=500", "--election-timeout=10000")) {
      List<MemberEndpoint> all = cluster.endpoints("m0", "m1", "m2");
      EtcdView before =
          eventually(
              "a leader",
              WAIT_MAX,
              () -> cluster.probe().probe(all, LIMITS),
              view -> view.answers().keySet().stream().anyMatch(name -> leads(view, name)));
      String leader =
          before.answers().keySet().stream()
              .filter(name -> leads(before, name))
              .findFirst()
              .orElseThrow();
      all.stream()
          .map(MemberEndpoint::name)
          .filter(name -> !name.equals(leader))
          .forEach(cluster::kill);

      EtcdView view = cluster.probe().probe(all, LIMITS);

      assertThat(leads(view, leader)).isTrue();
      assertThat(view.status(leader).orElseThrow().errors()).isEmpty();
      assertThat(view.linearizableMembers().why().orElseThrow())
          .contains(leader)
          .contains("no answer within 2000 ms");
      assertThat(view.answers().get(leader).membersAsKnown().value())
          .isEqualTo(before.linearizableMembers().value());

      EtcdView settled =
          eventually(
              "the leader stepped down",
              WAIT_MAX,
              () -> cluster.probe().probe(all, LIMITS),
              seen -> !leads(seen, leader));
      assertThat(settled.linearizableMembers().why().orElseThrow())
          .contains("etcdserver: no leader");
    }
  }

  private static boolean leads(EtcdView view, String name) {
    return view.status(name).filter(MemberStatus::leadsItself).isPresent();
  }
}
