package dev.requorum.core.recovery;

import static dev.requorum.core.model.Look.healthy;
import static org.assertj.core.api.Assertions.assertThat;

import dev.requorum.core.model.Answers;
import dev.requorum.core.model.Look;
import dev.requorum.core.quorum.QuorumAssessor;
import dev.requorum.ports.Fact;
import dev.requorum.ports.etcd.MemberId;
import dev.requorum.ports.kubernetes.InitialCluster;
import dev.requorum.ports.kubernetes.VolumeView;
import dev.requorum.ports.kubernetes.WorkloadPart;
import dev.requorum.ports.record.KnownMember;
import dev.requorum.ports.record.LastKnown;
import dev.requorum.ports.record.Leadership;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("S03")
@Tag("S20")
@DisplayName("S03, S20: what is last known good")
class LastKnownUpdateTest {

  private static final Duration INTERVAL = Duration.ofSeconds(10);

  @Test
  @DisplayName("a cluster is bootstrapped once all its members answered, and stays so")
  void bootstrapped() {
    Look oneDown = healthy(3).down(2);
    LastKnown before = after(oneDown, LastKnown.nothing());
    assertThat(before.bootstrapped()).isFalse();
    assertThat(before.members()).hasSize(3);

    LastKnown complete = after(healthy(3), before);
    assertThat(complete.bootstrapped()).isTrue();
    assertThat(after(oneDown, complete).bootstrapped()).isTrue();
  }

  @Test
  @DisplayName("a learner among the members, or fewer than asked for, is not complete")
  void notComplete() {
    assertThat(
            after(healthy(2).member(2, true).runs(2).size(3), LastKnown.nothing()).bootstrapped())
        .isFalse();
    assertThat(after(healthy(2).size(3), LastKnown.nothing()).bootstrapped()).isFalse();
  }

  @Test
  @DisplayName("without a confirmed member list nothing is learnt")
  void unconfirmed() {
    Look look = healthy(3).memberList(Fact.unknown("timed out"));
    assertThat(after(look, LastKnown.nothing())).isEqualTo(LastKnown.nothing());
  }

  @Test
  @DisplayName("a learner's claim is the first that its etcd ran on, before it ever answered")
  void learnersClaim() {
    Look look = healthy(2).newLearner(2).pod(2, false, false).volume(2, "first");
    LastKnown before = after(look, LastKnown.nothing());
    assertThat(claimOfLearner(before)).isEmpty();

    LastKnown ran = after(look.pod(2, true, false), before);
    assertThat(claimOfLearner(ran)).contains("first");
    assertThat(claimOfLearner(after(look.volume(2, "second"), ran))).contains("first");
    Look doomed =
        healthy(2)
            .newLearner(2)
            .pod(2, true, false)
            .volume(2, "first")
            .volume(2, v -> new VolumeView(v.claim(), v.member(), v.uid(), true, true));
    assertThat(claimOfLearner(after(doomed, LastKnown.nothing()))).isEmpty();
  }

  private static Optional<String> claimOfLearner(LastKnown known) {
    return known.member(Look.newId(2)).flatMap(KnownMember::volumeUid);
  }

  @Test
  @DisplayName("mere progress is written sparingly")
  void progress() {
    LastKnown before = after(healthy(3), LastKnown.nothing());
    Look onward = healthy(3).answer(1, Answers.freshness(3, 60, 45));
    assertThat(after(onward.at(Look.AT.plusSeconds(9)), before)).isSameAs(before);
    LastKnown written = after(onward.at(Look.AT.plusSeconds(10)), before);
    assertThat(written.member(Look.id(1)).map(KnownMember::revision)).contains(45L);
    assertThat(written.member(Look.id(1)).flatMap(KnownMember::seenAt))
        .contains(Look.AT.plusSeconds(10));
  }

  @Test
  @DisplayName("time that passes is no progress")
  void timeAlone() {
    LastKnown before = after(healthy(3), LastKnown.nothing());
    assertThat(after(healthy(3).at(Look.AT.plusSeconds(3600)), before)).isSameAs(before);
  }

  @Test
  @DisplayName("a changed membership, volume or node is written at once")
  void atOnce() {
    LastKnown before = after(healthy(3), LastKnown.nothing());
    assertThat(after(healthy(3).notAMember(2), before).members()).hasSize(2);
    assertThat(
            after(healthy(3).volume(1, "new"), before)
                .member(Look.id(1))
                .flatMap(KnownMember::volumeUid))
        .contains("new");
  }

  @Test
  @DisplayName("what a member had when it last answered is kept while it does not")
  void absent() {
    LastKnown before = after(healthy(3), LastKnown.nothing());
    Look look = healthy(3).down(1).volume(1, "new").answer(0, Answers.freshness(3, 99, 99));
    KnownMember known =
        after(look.at(Look.AT.plusSeconds(60)), before).member(Look.id(1)).orElseThrow();
    assertThat(known.volumeUid()).contains("claim-1");
    assertThat(known.revision()).isEqualTo(40);
    assertThat(known.seenAt()).contains(Look.AT);
  }

  @Test
  @DisplayName("a volume that cannot be read is remembered, not forgotten")
  void unreadableVolumes() {
    LastKnown before = after(healthy(3), LastKnown.nothing());
    Look look = healthy(3).hidden(WorkloadPart.VOLUMES).answer(0, Answers.freshness(3, 99, 99));
    assertThat(
            after(look.at(Look.AT.plusSeconds(60)), before)
                .member(Look.id(0))
                .flatMap(KnownMember::volumeUid))
        .isEqualTo(Optional.of("claim-0"));
  }

  @Test
  @DisplayName("the cluster, and who led in which term, is learnt, and remembered without a leader")
  void leadership() {
    LastKnown known = after(healthy(3).led(1), LastKnown.nothing());
    assertThat(known.clusterId()).contains(Look.OURS);
    assertThat(known.leadership()).contains(new Leadership(Look.id(1), 3));
    Look leaderless = healthy(3).leaderless().listed().notAMember(2);
    LastKnown later = after(leaderless, known);
    assertThat(later.members()).hasSize(2);
    assertThat(later.leadership()).isEqualTo(known.leadership());
  }

  @Test
  @DisplayName("the directory is what members were told at first, and what was recorded afterwards")
  void directory() {
    Optional<String> told = Optional.of("i-1-1");
    Look look = healthy(3).initialCluster(Optional.of(InitialCluster.sealed().in(told)));
    assertThat(after(look, LastKnown.nothing()).directory()).isEqualTo(told);
    LastKnown atTheTop = after(healthy(3), LastKnown.nothing());
    assertThat(atTheTop.directory()).isEmpty();
    assertThat(after(look.notAMember(2), atTheTop).directory()).isEmpty();
  }

  @Test
  @DisplayName("who answers in a member's place tells nothing of that member")
  void stranger() {
    LastKnown before = after(healthy(3), LastKnown.nothing());
    Look look =
        healthy(3)
            .volume(1, "new")
            .answer(1, Answers.freshness(3, 50, 77))
            .answer(1, Answers.as(new MemberId(9)))
            .answer(0, Answers.freshness(3, 99, 99));
    KnownMember known =
        after(look.at(Look.AT.plusSeconds(60)), before).member(Look.id(1)).orElseThrow();
    assertThat(known.revision()).isEqualTo(40);
    assertThat(known.volumeUid()).contains("claim-1");
  }

  @Test
  @DisplayName("the node of a pod that is gone is remembered")
  void lastNode() {
    LastKnown before = after(healthy(3), LastKnown.nothing());
    Look look = healthy(3).noPod(1).answer(0, Answers.freshness(3, 99, 99));
    assertThat(
            after(look.at(Look.AT.plusSeconds(60)), before)
                .member(Look.id(1))
                .flatMap(KnownMember::node))
        .contains("node-1");
  }

  @Test
  @DisplayName("that a member answered for the first time is written at once")
  void firstAnswer() {
    LastKnown before =
        after(healthy(3).size(4).down(1).hidden(WorkloadPart.VOLUMES), LastKnown.nothing());
    assertThat(before.member(Look.id(1)).flatMap(KnownMember::seenAt)).isEmpty();
    Look look = healthy(3).size(4).hidden(WorkloadPart.VOLUMES).at(Look.AT.plusSeconds(1));
    assertThat(after(look, before).member(Look.id(1)).flatMap(KnownMember::seenAt))
        .contains(Look.AT.plusSeconds(1));
  }

  private static LastKnown after(Look look, LastKnown before) {
    return LastKnownUpdate.after(
        look.seen(), QuorumAssessor.assess(look.seen(), before), before, INTERVAL);
  }
}
