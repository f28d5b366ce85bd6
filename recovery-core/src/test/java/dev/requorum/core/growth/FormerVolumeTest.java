package dev.requorum.core.growth;

import static dev.requorum.core.model.Look.healthy;
import static org.assertj.core.api.Assertions.assertThat;

import dev.requorum.core.Action;
import dev.requorum.core.model.Look;
import dev.requorum.core.quorum.QuorumAssessor;
import dev.requorum.ports.Reason;
import dev.requorum.ports.etcd.MemberId;
import dev.requorum.ports.kubernetes.InitialCluster;
import dev.requorum.ports.kubernetes.VolumeMarks;
import dev.requorum.ports.kubernetes.VolumeMarks.KeptDirectory;
import dev.requorum.ports.record.LastKnown;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("S18")
@DisplayName("S18: what a former member left on its claim when a new one is added at its ordinal")
class FormerVolumeTest {

  private static final Optional<String> NOW = Optional.of("i-1-1");
  private static final Optional<MemberId> NOBODY = Optional.empty();
  private static final Optional<MemberId> LEARNER = Optional.of(Look.newId(1));
  private static final Optional<MemberId> ANOTHER = Optional.of(Look.id(1));

  @Test
  @DisplayName("a claim that a restore left untouched is given to the learner, and stays")
  void given() {
    GrowthStep step = next(withVolume(marks(NOW, NOBODY, true)), Set.of());
    Action.MarkVolumes mark = (Action.MarkVolumes) step.action();

    assertThat(mark.marks()).hasSize(1);
    assertThat(mark.marks().get(0).marks()).isEqualTo(marks(NOW, LEARNER, true));
    assertThat(step.reason()).isEqualTo(Reason.STARTING_LEARNER);
  }

  @Test
  @DisplayName("the learner that it was given to is started on it")
  void started() {
    GrowthStep step = next(withVolume(marks(NOW, LEARNER, true)), Set.of());
    assertThat(step.action()).isInstanceOf(Action.WriteInitialCluster.class);
    InitialCluster ticket = ((Action.WriteInitialCluster) step.action()).content();
    assertThat(ticket.directory()).isEqualTo(NOW);
  }

  @Test
  @DisplayName("evidence on a claim is not deleted before it is acknowledged, and nobody is added")
  void kept() {
    for (VolumeMarks marks :
        List.of(
            marks(NOW, ANOTHER, true),
            marks(Optional.empty(), NOBODY, true),
            marks(Optional.of("i-0-1"), NOBODY, true))) {
      GrowthStep step = next(formerVolume(marks), Set.of());
      assertThat(step.action()).isEqualTo(Action.none());
      assertThat(step.reason()).isEqualTo(Reason.VOLUME_KEPT);
      assertThat(step.message()).contains("incident i-1", "Acknowledge");
    }
  }

  @Test
  @DisplayName("evidence whose loss was acknowledged is in nobody's way, even before it is removed")
  void acknowledged() {
    Look look = formerVolume(marks(NOW, ANOTHER, true));
    assertThat(next(look, new Evidence(Set.of(), Set.of("i-0"))).reason())
        .isEqualTo(Reason.VOLUME_KEPT);
    assertThat(next(look, new Evidence(Set.of(), Set.of("i-0", "i-1"))).action())
        .isEqualTo(new Action.DiscardVolume("demo-1", "old"));
    assertThat(next(look, new Evidence(Set.of("old"), Set.of("i-1"))).reason())
        .isEqualTo(Reason.VOLUME_KEPT);
  }

  @Test
  @DisplayName(
      "a learner is never started on a claim that may be another's, nor is its own taken away:"
          + " it is removed, to be added anew")
  void mayBeItsOwn() {
    for (VolumeMarks marks :
        List.of(
            VolumeMarks.none(),
            marks(NOW, ANOTHER, true),
            marks(NOW, NOBODY, false),
            marks(Optional.empty(), NOBODY, true))) {
      for (Set<String> keep : List.of(Set.<String>of(), Set.of("old"))) {
        GrowthStep step = next(withVolume(marks), keep);
        assertThat(step.action()).isEqualTo(new Action.Remove(Look.newId(1)));
        assertThat(step.reason()).isEqualTo(Reason.MEMBER_REPLACED);
      }
    }
  }

  @Test
  @DisplayName("a former member's claim without evidence is deleted, unless it was passed over")
  void discarded() {
    for (VolumeMarks marks :
        List.of(VolumeMarks.none(), marks(NOW, ANOTHER, false), marks(NOW, NOBODY, false))) {
      Look look = formerVolume(marks);
      assertThat(next(look, Set.of()).action())
          .isEqualTo(new Action.DiscardVolume("demo-1", "old"));
      assertThat(next(look, Set.of("old")).reason()).isEqualTo(Reason.VOLUME_KEPT);
    }
  }

  @Test
  @DisplayName("a claim that was left untouched is in nobody's way when a learner is to be added")
  void cleared() {
    Look look = formerVolume(marks(NOW, NOBODY, true));
    assertThat(next(look, Set.of()).action()).isInstanceOf(Action.AddLearner.class);
    look.volume(1, v -> v.marked(marks(NOW, ANOTHER, true)));
    assertThat(next(look, Set.of()).reason()).isEqualTo(Reason.VOLUME_KEPT);
  }

  @Test
  @DisplayName("where more than one incident left something on it, the last one is named")
  void lastNamed() {
    List<KeptDirectory> kept =
        List.of(
            new KeptDirectory("i-1", Optional.empty()), new KeptDirectory("i-2", Optional.empty()));
    assertThat(next(formerVolume(new VolumeMarks(NOW, ANOTHER, kept)), Set.of()).message())
        .contains("before incident i-2");
  }

  private static VolumeMarks marks(
      Optional<String> directory, Optional<MemberId> member, boolean evidence) {
    return new VolumeMarks(
        directory,
        member,
        evidence ? List.of(new KeptDirectory("i-1", Optional.empty())) : List.of());
  }

  private static Look withVolume(VolumeMarks marks) {
    return formerVolume(marks).newLearner(1);
  }

  private static Look formerVolume(VolumeMarks marks) {
    return single().volume(1, "old").volume(1, v -> v.marked(marks));
  }

  private static Look single() {
    Look look =
        healthy(3).window(2, 3).led(2).initialCluster(Optional.of(InitialCluster.sealed().in(NOW)));
    return look.notAMember(0).gone(0).notAMember(1).gone(1);
  }

  private static GrowthStep next(Look look, Set<String> keep) {
    return next(look, new Evidence(keep, Set.of()));
  }

  private static GrowthStep next(Look look, Evidence evidence) {
    LastKnown was = look.lastKnown();
    LastKnown known = new LastKnown(true, was.clusterId(), was.members(), Optional.empty(), NOW);
    return Growth.next(look.seen(), QuorumAssessor.assess(look.seen(), known), known, evidence);
  }
}
