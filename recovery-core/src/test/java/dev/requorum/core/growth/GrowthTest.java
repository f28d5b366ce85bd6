package dev.requorum.core.growth;

import static dev.requorum.core.model.Look.healthy;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.requorum.core.Action;
import dev.requorum.core.model.Answers;
import dev.requorum.core.model.Look;
import dev.requorum.core.model.Pods;
import dev.requorum.core.quorum.QuorumAssessor;
import dev.requorum.ports.Fact;
import dev.requorum.ports.Reason;
import dev.requorum.ports.etcd.ClusterId;
import dev.requorum.ports.etcd.Member;
import dev.requorum.ports.etcd.MemberId;
import dev.requorum.ports.kubernetes.InitialCluster;
import dev.requorum.ports.kubernetes.OrdinalWindow;
import dev.requorum.ports.kubernetes.Storage;
import dev.requorum.ports.kubernetes.VolumeView;
import dev.requorum.ports.kubernetes.WorkloadPart;
import dev.requorum.ports.record.LastKnown;
import dev.requorum.ports.record.RecoveryRecord;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

@Tag("S18")
@Tag("S19")
@Tag("S26")
@DisplayName("S18, S19, S26: the next step towards the wanted membership")
class GrowthTest {

  private static final String NOTHING = "nothing";

  @ParameterizedTest(name = "{0}: {2} ({3})")
  @MethodSource("looks")
  void step(String story, Look look, String act, Reason reason) {
    GrowthStep step = next(look, look.lastKnown());
    assertThat(inWords(step.action())).isEqualTo(act);
    assertThat(step.reason()).isEqualTo(reason);
  }

  static Stream<Arguments> looks() {
    return Stream.of(unusable(), growing(), shrinking(), replacing(), mending(), rollingOut())
        .flatMap(rows -> rows);
  }

  private static Stream<Arguments> unusable() {
    return Stream.of(
        row("all is well", healthy(3), NOTHING, Reason.AS_DESIRED),
        row(
            "S19: the member list fails",
            healthy(3).size(1).memberList(Fact.unknown("timed out")),
            NOTHING,
            Reason.MEMBER_LIST_UNUSABLE),
        row(
            "S19: the member list is empty",
            healthy(3).size(1).memberList(Fact.known(List.of())),
            NOTHING,
            Reason.MEMBER_LIST_UNUSABLE),
        row(
            "the StatefulSet is unreadable",
            healthy(3).size(1).hidden(WorkloadPart.STATEFUL_SET),
            NOTHING,
            Reason.EVIDENCE_INCOMPLETE),
        row(
            "the pods are unreadable",
            healthy(3).size(1).hidden(WorkloadPart.PODS),
            NOTHING,
            Reason.EVIDENCE_INCOMPLETE),
        row(
            "there is no StatefulSet",
            healthy(3).size(1).noStatefulSet(),
            NOTHING,
            Reason.WORKLOAD_MISSING));
  }

  private static Stream<Arguments> growing() {
    return Stream.of(
        row("from [2, 3)", single(2), "add demo-1", Reason.ADDING_LEARNER),
        row("from [0, 1)", single(0), "add demo-1", Reason.ADDING_LEARNER),
        row("from [1, 2): the lower one first", single(1), "add demo-0", Reason.ADDING_LEARNER),
        row(
            "a former member's volume is in the way",
            single(2).volume(1, "old"),
            "discard demo-1 old",
            Reason.DISCARDING_VOLUME),
        row(
            "a former member's volume is being deleted",
            single(2).volume(1, "old").volume(1, terminating()),
            NOTHING,
            Reason.DISCARDING_VOLUME),
        row(
            "a former member's pod is still there",
            single(2).volume(1, "old").pod(1, false, false),
            NOTHING,
            Reason.DISCARDING_VOLUME),
        row(
            "the volumes are unreadable",
            single(2).hidden(WorkloadPart.VOLUMES),
            NOTHING,
            Reason.EVIDENCE_INCOMPLETE),
        row("not sealed yet", unsealed(single(2)), "seal", Reason.SEALING),
        row(
            "it cannot be told whether it is sealed",
            unsealed(single(2)).hidden(WorkloadPart.INITIAL_CLUSTER),
            NOTHING,
            Reason.EVIDENCE_INCOMPLETE),
        row(
            "a learner was added: it needs a ticket",
            single(2).newLearner(1),
            "ticket demo-1",
            Reason.STARTING_LEARNER),
        row(
            "a learner that was never seen has a claim, which may be its own",
            single(2).newLearner(1).volume(1, "old"),
            "remove " + Look.newId(1),
            Reason.MEMBER_REPLACED),
        row(
            "a learner has its ticket: its pod is started",
            ticket(single(2).newLearner(1), 1),
            "resize [1, 3)",
            Reason.RESIZING),
        row(
            "a learner starts",
            ticket(single(2).newLearner(1), 1).window(1, 3).pod(1, false, false),
            NOTHING,
            Reason.STARTING_LEARNER),
        row(
            "a learner crashes: its pod is started again soon",
            ticket(single(2).newLearner(1), 1).window(1, 3).runs(1).pod(1, Pods.crashed(1)),
            NOTHING,
            Reason.STARTING_LEARNER),
        row(
            "a learner crashes again and again: a human is told, and its pod is left alone",
            ticket(single(2).newLearner(1), 1).window(1, 3).runs(1).pod(1, Pods.crashed(2)),
            NOTHING,
            Reason.MEMBER_UNHEALTHY),
        row(
            "somebody else answers in the learner's pod",
            ticket(single(2).newLearner(1), 1)
                .window(1, 3)
                .runs(1)
                .answer(1, Answers.ofCluster(new ClusterId(0xbad))),
            NOTHING,
            Reason.MEMBER_UNHEALTHY),
        row(
            "a pod that was refused may wait for minutes: it is restarted before it is added",
            healthy(3).notAMember(1).pod(1, false, false).pod(1, Pods.crashed(2)),
            "restart demo-1",
            Reason.STARTING_LEARNER),
        row(
            "a pod that was refused and waits for seconds is added as it is",
            healthy(3).notAMember(1).pod(1, false, false).pod(1, Pods.crashed(1)),
            "add demo-1",
            Reason.ADDING_LEARNER),
        row(
            "a learner answers: the ticket is withdrawn first",
            ticket(learner(single(2), 1), 1),
            "seal",
            Reason.SEALING),
        row(
            "a learner has caught up",
            learner(single(2), 1),
            "promote " + Look.id(1),
            Reason.PROMOTING),
        row(
            "a learner at exactly nine tenths of the leader's revision",
            learner(single(2), 1).answer(1, Answers.freshness(3, 50, 36)),
            "promote " + Look.id(1),
            Reason.PROMOTING),
        row(
            "a learner just below nine tenths",
            learner(single(2), 1).answer(1, Answers.freshness(3, 50, 35)),
            NOTHING,
            Reason.LEARNER_CATCHING_UP));
  }

  private static Stream<Arguments> shrinking() {
    return Stream.of(
        row(
            "O03: the member goes before its pod",
            healthy(3).size(2),
            "remove " + Look.id(2),
            Reason.REMOVING_MEMBER),
        row(
            "O03: then the pod",
            healthy(3).size(2).notAMember(2),
            "resize [0, 2)",
            Reason.RESIZING),
        row(
            "not while a member is absent",
            healthy(3).size(2).down(1),
            NOTHING,
            Reason.MEMBER_UNHEALTHY),
        row(
            "a learner that is not wanted any more",
            healthy(3).member(3, true).runs(3).window(0, 4),
            "remove " + Look.id(3),
            Reason.REMOVING_MEMBER),
        row(
            "a learner that is not wanted any more, while a voter is down",
            healthy(3).member(3, true).runs(3).window(0, 4).down(1),
            "remove " + Look.id(3),
            Reason.REMOVING_MEMBER),
        row(
            "the highest ordinal first",
            healthy(4).size(2),
            "remove " + Look.id(3),
            Reason.REMOVING_MEMBER),
        row(
            "a member that is none of ours is left alone",
            healthy(3).stranger(9, true),
            NOTHING,
            Reason.AS_DESIRED));
  }

  private static Stream<Arguments> replacing() {
    return Stream.of(
        row(
            "a voter whose volume was replaced",
            healthy(3).down(1).volume(1, "new"),
            "remove " + Look.id(1),
            Reason.MEMBER_REPLACED),
        row(
            "a voter whose volume was deleted",
            healthy(3).gone(1),
            "remove " + Look.id(1),
            Reason.MEMBER_REPLACED),
        row("a voter that is merely down", healthy(3).down(1), NOTHING, Reason.MEMBER_UNHEALTHY),
        row(
            "a voter that answers, though its volume was replaced",
            healthy(3).volume(1, "new"),
            NOTHING,
            Reason.AS_DESIRED),
        row(
            "a voter that is down while the volumes are unreadable",
            healthy(3).gone(1).hidden(WorkloadPart.VOLUMES),
            NOTHING,
            Reason.MEMBER_UNHEALTHY),
        row(
            "a former member's pod in the middle of the window",
            healthy(3).notAMember(1),
            "add demo-1",
            Reason.ADDING_LEARNER),
        row(
            "a former member's pod at the edge of the window",
            healthy(3).notAMember(2),
            "resize [0, 2)",
            Reason.RESIZING));
  }

  private static Stream<Arguments> mending() {
    return Stream.of(
        row(
            "S16: a flag that was left",
            healthy(3).armed(Optional.of("i-0"), true),
            "disarm",
            Reason.DISARMING),
        row(
            "S16: a mark that was left",
            healthy(3).armed(Optional.of("i-0"), false),
            "disarm",
            Reason.DISARMING),
        row(
            "S16: a flag that was left goes before anybody is run again",
            healthy(3).window(2, 3).armed(Optional.of("i-0"), true),
            "disarm",
            Reason.DISARMING),
        row(
            "voters that are not run (a rebuild was called off)",
            healthy(3).window(2, 3),
            "resize [0, 3)",
            Reason.RESIZING),
        row(
            "a voter that is not run, and so does not answer",
            healthy(3).window(0, 2).noPod(2),
            "resize [0, 3)",
            Reason.RESIZING));
  }

  private static Stream<Arguments> rollingOut() {
    return Stream.of(
        row(
            "the highest ordinal first",
            outdated(healthy(3).led(0), 0, 1, 2),
            "restart demo-2",
            Reason.ROLLING_OUT),
        row(
            "the leader last",
            outdated(healthy(3).led(2), 1, 2),
            "restart demo-1",
            Reason.ROLLING_OUT),
        row(
            "the leader at last",
            outdated(healthy(3).led(2), 2),
            "restart demo-2",
            Reason.ROLLING_OUT),
        row(
            "not where a restart would take the data away for good",
            outdated(healthy(3).volume(1, terminating()), 1),
            NOTHING,
            Reason.AS_DESIRED),
        row(
            "not while a member is absent",
            outdated(healthy(3).down(1), 2),
            NOTHING,
            Reason.MEMBER_UNHEALTHY),
        row(
            "data in the pods, two members: a restart would risk it",
            outdated(healthy(2).storage(Storage.EPHEMERAL), 0, 1),
            NOTHING,
            Reason.AS_DESIRED),
        row(
            "data in the pods, three members",
            outdated(healthy(3).storage(Storage.EPHEMERAL), 1),
            "restart demo-1",
            Reason.ROLLING_OUT));
  }

  @Test
  @DisplayName("a learner that had joined is run again where a rebuild had cut its pod off")
  void learnerThatWasCutOff() {
    Look look = learner(single(2), 1);
    LastKnown joined = look.knownNow();
    look.down(1).window(2, 3);

    assertThat(inWords(next(look, joined).action())).isEqualTo("resize [1, 3)");
    assertThat(next(look, joined).message()).isEqualTo("running learner demo-1 again");
  }

  @Test
  @DisplayName(
      "a learner that had joined and lost its volume is removed; one that is down is waited for")
  void learnerThatHadJoined() {
    Look look = learner(single(2), 1);
    LastKnown joined = look.knownNow();
    assertThat(next(look.down(1), joined).reason()).isEqualTo(Reason.MEMBER_UNHEALTHY);
    look.volume(1, "new");
    assertThat(inWords(next(look, joined).action())).isEqualTo("remove " + Look.id(1));
  }

  @Test
  @DisplayName(
      "a learner that ran and never answered goes on with its claim, or is removed without")
  void learnerThatRan() {
    Look look =
        ticket(single(2).newLearner(1), 1).window(1, 3).pod(1, true, false).volume(1, "its");
    LastKnown ran = look.knownNow();
    assertThat(next(look.pod(1, false, false), ran).reason()).isEqualTo(Reason.STARTING_LEARNER);
    assertThat(inWords(next(look.noPod(1).window(2, 3), ran).action())).isEqualTo("resize [1, 3)");
    look.volume(1, "another");
    assertThat(inWords(next(look, ran).action())).isEqualTo("remove " + Look.newId(1));
    assertThat(next(look, ran).reason()).isEqualTo(Reason.MEMBER_REPLACED);
  }

  @Test
  @DisplayName("a pod whose claim would go with it is not restarted before its member is added")
  void refusedOnADoomedClaim() {
    Look look = healthy(3).notAMember(1).pod(1, false, false).pod(1, Pods.crashed(2));
    look.volume(1, terminating());
    assertThat(next(look, look.lastKnown()).action()).isInstanceOf(Action.AddLearner.class);
  }

  @Test
  @DisplayName("the ticket names the one that joins, and all others by names that no pod has")
  void ticketNamesOne() {
    Look look = single(2).newLearner(1);
    InitialCluster ticket =
        Ticket.forMember(
            Look.newId(1), look.seen().etcd().linearizableMembers().value().orElseThrow());
    assertThat(ticket.state()).isEqualTo(InitialCluster.State.EXISTING);
    assertThat(ticket.members()).hasSize(2);
    assertThat(ticket.members().get(Look.name(1))).isEqualTo(look.goal().peerUrl(1));
    assertThat(ticket.members().values()).contains(look.goal().peerUrl(2));
    assertThat(
            ticket.members().keySet().stream().filter(n -> Look.CLUSTER.ordinalOf(n).isPresent()))
        .containsExactly(Look.name(1));
  }

  @Test
  @Tag("S03")
  @DisplayName("S03: before all members were healthy once, the membership is not sealed")
  void notSealedBeforeBootstrapped() {
    Look look = unsealed(healthy(3)).down(1);
    LastKnown known = look.lastKnown();
    GrowthStep step = next(look, new LastKnown(false, known.clusterId(), known.members()));
    assertThat(step.action()).isEqualTo(Action.none());
    assertThat(step.reason()).isEqualTo(Reason.BOOTSTRAPPING);
  }

  @Test
  @DisplayName(
      "in a cluster that was made again over former volumes, a voter whose own was not among them"
          + " is replaced; one that may have data is waited for, and so is everybody at a first"
          + " start")
  void madeAgain() {
    LastKnown nothing = LastKnown.nothing();
    Look emptied = healthy(3).down(1).volume(1, GrowthTest::youngerThanSet);

    assertThat(inWords(next(emptied, nothing).action())).isEqualTo("remove " + Look.id(1));
    assertThat(next(healthy(3).down(1), nothing).reason()).isEqualTo(Reason.BOOTSTRAPPING);
    Look first = unsealed(healthy(3).down(1).volume(1, GrowthTest::youngerThanSet));
    assertThat(next(first, nothing).reason()).isEqualTo(Reason.BOOTSTRAPPING);
    assertThat(next(emptied, emptied.lastKnown()).reason()).isEqualTo(Reason.MEMBER_UNHEALTHY);
  }

  private static VolumeView youngerThanSet(VolumeView v) {
    return new VolumeView(v.claim(), v.member(), v.uid(), v.bound(), v.terminating(), true);
  }

  private static GrowthStep next(Look look, LastKnown known) {
    return Growth.next(
        look.seen(),
        QuorumAssessor.assess(look.seen(), known),
        known,
        Evidence.of(RecoveryRecord.empty()));
  }

  private static Arguments row(String story, Look look, String act, Reason reason) {
    return arguments(story, look, act, reason);
  }

  /** Three are wanted; this one is the only member, and the only one that runs. */
  private static Look single(int ordinal) {
    Look look = healthy(3).window(ordinal, ordinal + 1).led(ordinal);
    for (int other = 0; other < 3; other++) {
      if (other != ordinal) {
        look.notAMember(other).gone(other);
      }
    }
    return look;
  }

  private static Look learner(Look look, int ordinal) {
    return look.member(ordinal, true).runs(ordinal).window(1, 3);
  }

  private static Look unsealed(Look look) {
    return look.initialCluster(Optional.empty());
  }

  private static Look ticket(Look look, int ordinal) {
    List<Member> members = look.seen().etcd().linearizableMembers().value().orElseThrow();
    MemberId joining =
        members.stream()
            .filter(member -> member.podName().equals(Look.name(ordinal)))
            .map(Member::id)
            .findFirst()
            .orElseThrow();
    return look.initialCluster(Optional.of(Ticket.forMember(joining, members)));
  }

  private static Look outdated(Look look, int... ordinals) {
    for (int ordinal : ordinals) {
      look.pod(ordinal, Pods.outdated());
    }
    return look;
  }

  private static java.util.function.UnaryOperator<VolumeView> terminating() {
    return v -> new VolumeView(v.claim(), v.member(), v.uid(), v.bound(), true);
  }

  private static String inWords(Action action) {
    List<Function<Action, Optional<String>>> words =
        List.of(
            a -> as(a, Action.AddLearner.class).map(x -> "add " + host(x)),
            a -> as(a, Action.Promote.class).map(x -> "promote " + x.learner()),
            a -> as(a, Action.Remove.class).map(x -> "remove " + x.member()),
            a -> as(a, Action.Resize.class).map(x -> "resize " + window(x)),
            a -> as(a, Action.Disarm.class).map(x -> "disarm"),
            a -> as(a, Action.RestartPod.class).map(x -> "restart " + x.pod()),
            a ->
                as(a, Action.DiscardVolume.class).map(x -> "discard " + x.member() + " " + x.uid()),
            a -> as(a, Action.WriteInitialCluster.class).map(x -> told(x.content())),
            a -> as(a, Action.None.class).map(x -> NOTHING));
    return words.stream().flatMap(word -> word.apply(action).stream()).findFirst().orElseThrow();
  }

  private static <T> Optional<T> as(Action action, Class<T> kind) {
    return Optional.of(action).filter(kind::isInstance).map(kind::cast);
  }

  private static String host(Action.AddLearner add) {
    return add.peerUrl().getHost().split("\\.", 2)[0];
  }

  private static OrdinalWindow window(Action.Resize resize) {
    return resize.window();
  }

  private static String told(InitialCluster content) {
    return content.isSealed() ? "seal" : "ticket " + content.members().firstKey();
  }
}
