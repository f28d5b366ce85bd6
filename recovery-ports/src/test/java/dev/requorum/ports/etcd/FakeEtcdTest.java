package dev.requorum.ports.etcd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The fake etcd behaves as etcd does")
class FakeEtcdTest {

  private static final ProbeLimits LIMITS =
      new ProbeLimits(Duration.ofSeconds(1), Duration.ofSeconds(1));

  private final FakeEtcd etcd = new FakeEtcd("m0", "m1", "m2");

  @Test
  @DisplayName("It has a leader exactly while a majority of the voters is up")
  void majority() {
    MemberId first = etcd.leader().orElseThrow();
    etcd.kill("m0");
    assertThat(etcd.leader()).isPresent().get().isNotEqualTo(first);
    etcd.kill("m1");
    assertThat(etcd.leader()).isEmpty();
    etcd.start("m0");
    assertThat(etcd.leader()).isPresent();
  }

  @Test
  @DisplayName("A write needs the majority, and a member that was down has it when it is back")
  void catchUp() {
    etcd.kill("m0");
    etcd.put("k", "v");
    assertThat(revision("m1")).isEqualTo(2);
    etcd.start("m0");
    assertThat(revision("m0")).isEqualTo(2);
    etcd.kill("m1");
    etcd.kill("m2");
    assertThatThrownBy(() -> etcd.put("k", "w")).hasMessageContaining("no leader");
  }

  @Test
  @DisplayName("A forced new cluster has what the survivor's disk had, and the survivor alone")
  void forceNewCluster() {
    etcd.kill("m2");
    etcd.put("k", "unseen by m2");
    etcd.kill("m0");
    etcd.kill("m1");
    etcd.start("m2");
    MemberId survivor = etcd.id("m2");

    etcd.forceNewCluster("m2");

    assertThat(etcd.leader()).contains(survivor);
    assertThat(etcd.members()).extracting(Member::id).containsExactly(survivor);
    assertThat(etcd.data().read(FakeEtcd.endpoint("m2"), "k", Duration.ofSeconds(1)).value())
        .contains(Optional.empty());
    assertThatThrownBy(() -> etcd.start("m0")).hasMessageContaining("not a member any more");
  }

  @Test
  @DisplayName("A member whose disk is gone cannot start; added anew it starts with another id")
  void wipe() {
    MemberId old = etcd.id("m2");
    etcd.wipe("m2");
    assertThatThrownBy(() -> etcd.start("m2")).hasMessageContaining("has no disk");
    List<MemberEndpoint> endpoints = etcd.endpoints();
    assertThat(etcd.membership().remove(endpoints, old).isDone()).isTrue();
    assertThat(etcd.membership().addLearner(endpoints, FakeEtcd.peerUrl("m2")).isDone()).isTrue();
    etcd.start("m2");
    assertThat(etcd.id("m2")).isNotEqualTo(old);
    assertThat(revision("m2")).isEqualTo(1);
    assertThat(etcd.membership().promote(endpoints, etcd.id("m2")).isDone()).isFalse();
    etcd.catchUp("m2");
    assertThat(etcd.membership().promote(endpoints, etcd.id("m2")).isDone()).isTrue();
  }

  @Test
  @DisplayName("A muted member votes but answers nobody; a claim of a leader is one member's word")
  void muteAndClaim() {
    etcd.kill("m0");
    etcd.mute("m1");
    EtcdView view = view();
    assertThat(view.status("m1")).isEmpty();
    assertThat(view.linearizableMembers().isKnown()).isTrue();

    etcd.kill("m1");
    etcd.claimLeader("m2", etcd.id("m0"));
    assertThat(view().status("m2").orElseThrow().leader()).contains(etcd.id("m0"));
    assertThat(view().linearizableMembers().isKnown()).isFalse();
  }

  private EtcdView view() {
    return etcd.probe()
        .probe(
            List.of(FakeEtcd.endpoint("m0"), FakeEtcd.endpoint("m1"), FakeEtcd.endpoint("m2")),
            LIMITS);
  }

  private long revision(String name) {
    return view().status(name).orElseThrow().revision();
  }
}
