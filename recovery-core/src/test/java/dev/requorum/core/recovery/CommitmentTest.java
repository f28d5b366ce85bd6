package dev.requorum.core.recovery;

import static dev.requorum.core.model.Look.healthy;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.requorum.core.model.Look;
import dev.requorum.core.model.Pods;
import dev.requorum.core.quorum.Assessment;
import dev.requorum.core.quorum.QuorumAssessor;
import dev.requorum.ports.Reason;
import dev.requorum.ports.etcd.MemberStatus;
import dev.requorum.ports.kubernetes.Storage;
import dev.requorum.ports.kubernetes.WorkloadPart;
import dev.requorum.ports.record.Missing;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("S15")
@Tag("S26")
@DisplayName("S15, S26: what stands in the way of acting on a loss that lasted long enough")
class CommitmentTest {

  private static final RecoveryPolicy POLICY = RecoveryPolicy.defaults();

  @ParameterizedTest(name = "{0}: {2}")
  @MethodSource("looks")
  void commitment(String story, Look look, Reason reason) {
    look.leaderless();
    Assessment loss = QuorumAssessor.assess(look.seen(), look.lastKnown());

    Commitment commitment = Commitment.weigh(look.seen(), loss, look.lastKnown(), POLICY, "i-1");

    assertThat(commitment.reason()).isEqualTo(reason);
    assertThat(commitment.plan().isPresent()).isEqualTo(reason == Reason.RECOVERY_STARTED);
  }

  static Stream<Arguments> looks() {
    return Stream.of(
        arguments("nothing", lost(), Reason.RECOVERY_STARTED),
        arguments(
            "the StatefulSet cannot be read",
            lost().hidden(WorkloadPart.STATEFUL_SET),
            Reason.EVIDENCE_INCOMPLETE),
        arguments(
            "the initial cluster cannot be read",
            lost().hidden(WorkloadPart.INITIAL_CLUSTER),
            Reason.EVIDENCE_INCOMPLETE),
        arguments(
            "pods cannot be read", lost().hidden(WorkloadPart.PODS), Reason.MEMBER_UNREACHABLE),
        arguments("there is no StatefulSet", lost().noStatefulSet(), Reason.WORKLOAD_MISSING),
        arguments(
            "the data is in the pods",
            lost().storage(Storage.EPHEMERAL),
            Reason.STORAGE_NOT_RECOVERABLE),
        arguments(
            "the data is on one claim for all",
            lost().storage(Storage.SHARED_CLAIM),
            Reason.STORAGE_NOT_RECOVERABLE),
        arguments(
            "another voter may be alive",
            healthy(5).gone(0).gone(1).gone(2).unreachable(3),
            Reason.MEMBER_UNREACHABLE),
        arguments("nobody is left", lost().gone(2), Reason.NO_SURVIVOR),
        arguments(
            "the only one left has a new volume", lost().volume(2, "new"), Reason.NO_SURVIVOR),
        arguments(
            "the survivor's template is that of a flag that was left",
            lost().armed(Optional.of("i-0"), true).pod(2, Pods.outdated()),
            Reason.RECOVERY_STARTED),
        arguments(
            "the survivor's pod is being deleted",
            lost().pod(2, Pods.terminating()),
            Reason.SURVIVOR_POD_MISSING));
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 25_165_824})
  @DisplayName("the plan keeps how large the survivor's database is, where it says so")
  void databaseSize(long bytes) {
    Look look = lost().answer(2, status -> sized(status, bytes)).leaderless();
    Assessment loss = QuorumAssessor.assess(look.seen(), look.lastKnown());
    Commitment commitment = Commitment.weigh(look.seen(), loss, look.lastKnown(), POLICY, "i-1");

    assertThat(commitment.plan().orElseThrow().databaseBytes())
        .isEqualTo(bytes == 0 ? OptionalLong.empty() : OptionalLong.of(bytes));
  }

  private static MemberStatus sized(MemberStatus status, long bytes) {
    return new MemberStatus(
        status.id(),
        status.clusterId(),
        status.leader(),
        status.raftTerm(),
        status.raftIndex(),
        status.raftAppliedIndex(),
        status.revision(),
        status.learner(),
        status.version(),
        bytes,
        status.errors());
  }

  @Test
  @DisplayName("every member that may be alive is named, with what speaks for it")
  void namesAllThatMayBeAlive() {
    Look look = healthy(5).gone(0).gone(1).gone(2).unreachable(3).unreachable(4).leaderless();
    Assessment loss = QuorumAssessor.assess(look.seen(), look.lastKnown());
    assertThat(Commitment.unreachable(loss.missing(Missing.UNREACHABLE)))
        .contains("demo-3 (its node", "demo-4 (its node");
  }

  @ParameterizedTest(name = "{0}: {2} s")
  @MethodSource("windows")
  void window(String story, Look look, long seconds) {
    Assessment loss = QuorumAssessor.assess(look.leaderless().seen(), look.lastKnown());
    assertThat(Commitment.window(loss, POLICY)).isEqualTo(Duration.ofSeconds(seconds));
  }

  static Stream<Arguments> windows() {
    return Stream.of(
        arguments("all missing voters are gone", lost(), 60),
        arguments("one missing voter may come back", healthy(3).gone(0).down(1), 600),
        arguments("all missing voters may come back", healthy(3).down(0).down(1), 600),
        arguments(
            "gone but for one that may be alive",
            healthy(5).gone(0).gone(1).gone(2).unreachable(3),
            60));
  }

  private static Look lost() {
    return healthy(3).gone(0).gone(1);
  }
}
