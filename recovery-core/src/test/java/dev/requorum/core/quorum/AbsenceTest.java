package dev.requorum.core.quorum;

import static dev.requorum.core.model.Look.healthy;
import static dev.requorum.core.model.Look.id;
import static dev.requorum.core.model.Look.name;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.requorum.core.model.Look;
import dev.requorum.core.model.Pods;
import dev.requorum.ports.kubernetes.WorkloadPart;
import dev.requorum.ports.record.KnownMember;
import dev.requorum.ports.record.Missing;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

@Tag("S01")
@Tag("S26")
@DisplayName("S01, S26: why a member does not answer, by Kubernetes' account")
class AbsenceTest {

  @ParameterizedTest(name = "{0}: {2}")
  @MethodSource("accounts")
  void account(String story, Look look, Missing missing, String inWords) {
    Absence absence = of(look, look.lastKnown().member(id(1)));

    assertThat(absence.missing()).isEqualTo(missing);
    assertThat(absence.detail()).contains(inWords);
  }

  static Stream<Arguments> accounts() {
    return Stream.of(
        arguments("volume deleted", healthy(3).gone(1), Missing.GONE, "was deleted"),
        arguments(
            "volume deleted and made again",
            healthy(3).down(1).volume(1, "new"),
            Missing.GONE,
            "made again, empty"),
        arguments(
            "a container that runs on a new volume",
            healthy(3).pod(1, true, false).volume(1, "new"),
            Missing.GONE,
            "made again, empty"),
        arguments(
            "node deleted under its pod", healthy(3).down(1).noNode(1), Missing.GONE, "node-1"),
        arguments("pod deleted, volume there", healthy(3).noPod(1), Missing.DOWN, "no pod"),
        arguments("container does not run", healthy(3).down(1), Missing.DOWN, "does not run"),
        arguments(
            "container waits, with a reason",
            healthy(3).down(1).pod(1, Pods.detail("CrashLoopBackOff")),
            Missing.DOWN,
            "CrashLoopBackOff"),
        arguments(
            "pod being deleted",
            healthy(3).pod(1, true, false).pod(1, Pods.terminating()),
            Missing.DOWN,
            "being deleted"),
        arguments("node silent", healthy(3).unreachable(1), Missing.UNREACHABLE, "node-1"),
        arguments(
            "node silent, pod deleted by force",
            healthy(3).noPod(1).node(1, false, false),
            Missing.UNREACHABLE,
            "does not report"),
        arguments(
            "node silent, volume deleted",
            healthy(3).gone(1).node(1, false, false),
            Missing.UNREACHABLE,
            "does not report"),
        arguments(
            "node silent, but marked out of service",
            healthy(3).down(1).node(1, false, true),
            Missing.DOWN,
            "does not run"),
        arguments(
            "pod Ready all the same", healthy(3).pod(1, true, true), Missing.UNREACHABLE, "Ready"),
        arguments(
            "pod Ready, though its volume was deleted",
            healthy(3).pod(1, true, true).noVolume(1),
            Missing.UNREACHABLE,
            "Ready"),
        arguments(
            "pod Ready, though its volume was deleted and made again",
            healthy(3).pod(1, true, true).volume(1, "new"),
            Missing.UNREACHABLE,
            "Ready"),
        arguments(
            "container runs",
            healthy(3).pod(1, true, false),
            Missing.UNREACHABLE,
            "container runs"),
        arguments(
            "pods unreadable",
            healthy(3).gone(1).hidden(WorkloadPart.PODS),
            Missing.UNREACHABLE,
            "PODS"),
        arguments(
            "volumes unreadable",
            healthy(3).gone(1).hidden(WorkloadPart.VOLUMES),
            Missing.UNREACHABLE,
            "VOLUMES"),
        arguments(
            "nodes unreadable",
            healthy(3).gone(1).hidden(WorkloadPart.NODES),
            Missing.UNREACHABLE,
            "NODES"));
  }

  @Test
  @DisplayName("a voter that answers its peers alone, with its own volume, awaits a leader")
  void awaitsLeader() {
    Look look = healthy(3).restarted(1);
    Absence absence = of(look, look.lastKnown().member(id(1)));

    assertThat(absence)
        .isEqualTo(
            new Absence(
                Missing.DOWN,
                true,
                "its etcd runs but serves no clients, as it does until it has seen a leader"));
  }

  @ParameterizedTest(name = "{0}: {2}")
  @MethodSource("peersOnly")
  @DisplayName("whoever answers its peers alone in any other situation awaits no leader")
  void answersPeersForAnotherReason(String story, Look look, Missing missing) {
    Absence absence = of(look, look.lastKnown().member(id(1)));

    assertThat(absence.missing()).isEqualTo(missing);
    assertThat(absence.awaitsLeader()).isFalse();
  }

  static Stream<Arguments> peersOnly() {
    return Stream.of(
        arguments("Ready", healthy(3).restarted(1).pod(1, true, true), Missing.UNREACHABLE),
        arguments(
            "node silent", healthy(3).restarted(1).node(1, false, false), Missing.UNREACHABLE),
        arguments(
            "node marked out of service",
            healthy(3).restarted(1).node(1, false, true),
            Missing.UNREACHABLE),
        arguments(
            "nodes unreadable",
            healthy(3).restarted(1).hidden(WorkloadPart.NODES),
            Missing.UNREACHABLE),
        arguments("node deleted", healthy(3).restarted(1).noNode(1), Missing.GONE),
        arguments("new volume", healthy(3).restarted(1).volume(1, "new"), Missing.GONE),
        arguments("not running", healthy(3).restarted(1).pod(1, false, false), Missing.DOWN),
        arguments(
            "being deleted", healthy(3).restarted(1).pod(1, Pods.terminating()), Missing.DOWN));
  }

  @Test
  @DisplayName("a voter whose volume nobody knows is not taken for one that awaits a leader")
  void unknownVolume() {
    assertThat(of(healthy(3).restarted(1), Optional.empty()).missing())
        .isEqualTo(Missing.UNREACHABLE);
  }

  private static Absence of(Look look, Optional<KnownMember> known) {
    return Absence.of(
        name(1), known, look.seen().workload(), look.seen().etcd().peersOnly(name(1)).isPresent());
  }

  @Test
  @DisplayName("a volume that cannot be looked up is not lost")
  void unreadableVolumeIsNotLost() {
    Look look = healthy(3).gone(1).hidden(WorkloadPart.VOLUMES);
    assertThat(Absence.volumeLost(name(1), look.lastKnown().member(id(1)), look.seen().workload()))
        .isFalse();
  }

  @Test
  @DisplayName(
      "the volume of a member that was never seen with one is lost only where there is none")
  void neverSeen() {
    Look look = healthy(3).volume(1, "any");
    assertThat(Absence.volumeLost(name(1), Optional.empty(), look.seen().workload())).isFalse();
    look.noVolume(1);
    assertThat(Absence.volumeLost(name(1), Optional.empty(), look.seen().workload())).isTrue();
  }
}
