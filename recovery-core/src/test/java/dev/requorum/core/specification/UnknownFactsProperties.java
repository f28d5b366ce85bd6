package dev.requorum.core.specification;

import static org.assertj.core.api.Assertions.assertThat;

import dev.requorum.core.engine.Turn;
import dev.requorum.core.model.Answers;
import dev.requorum.core.model.Look;
import dev.requorum.core.model.Losses;
import dev.requorum.core.model.Operator;
import dev.requorum.core.model.World;
import dev.requorum.core.quorum.QuorumAssessor;
import dev.requorum.core.quorum.Verdict;
import dev.requorum.core.recovery.RecoveryPolicy;
import dev.requorum.ports.Reason;
import dev.requorum.ports.kubernetes.WorkloadPart;
import dev.requorum.ports.record.Phase;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;
import net.jqwik.api.Tag;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.NotEmpty;

@Label("Unknown is never down")
class UnknownFactsProperties {

  @Property(tries = 100)
  @Tag("S01")
  @Label("While any part of Kubernetes' view cannot be read, a loss is never acted upon")
  void unreadableParts(
      @ForAll @NotEmpty Set<WorkloadPart> hidden, @ForAll @IntRange(min = 0, max = 5) int loss) {
    World world = Losses.ofTwoOutOfThree().get(loss).strike();
    Operator operator = new Operator(world);
    int actsBefore = world.acts().size();
    hidden.forEach(world::hide);
    operator.steps(40);

    assertThat(world.record().attempts()).isZero();
    assertThat(world.acts()).hasSize(actsBefore);

    world.showEverything();
    operator.untilSteady();
    assertThat(world.record().attempts()).isEqualTo(1);
    assertThat(world.wrongs()).isEmpty();
  }

  @Property(tries = 200)
  @Tag("S06")
  @Label(
      "A part that becomes unreadable in the middle of a recovery delays it and changes nothing else")
  void unreadableInTheMiddle(
      @ForAll WorkloadPart part,
      @ForAll @IntRange(min = 0, max = 5) int loss,
      @ForAll @IntRange(min = 1, max = 45) int after,
      @ForAll @IntRange(min = 1, max = 30) int turns) {
    World world = Losses.ofTwoOutOfThree().get(loss).strike();
    Operator operator = new Operator(world);
    operator.steps(after);
    world.hide(part);
    operator.steps(turns);
    world.showEverything();
    operator.untilSteady();

    assertThat(world.record().attempts()).isEqualTo(1);
    assertThat(world.wrongs()).isEmpty();
  }

  @Property(tries = 50)
  @Tag("S01")
  @Label(
      "A majority behind silent nodes is never given up, however long it is silent (3 to 9 members)")
  void silentMajority(
      @ForAll @IntRange(min = 3, max = 9) int size,
      @ForAll boolean podsDeletedByForce,
      @ForAll @IntRange(min = 20, max = 100) int seconds) {
    World world = World.of(size);
    Operator operator = new Operator(world);
    operator.untilSteady();
    int actsBefore = world.acts().size();
    for (int ordinal = 0; ordinal < size / 2 + 1; ordinal++) {
      world.cutOff(ordinal, 1);
      if (podsDeletedByForce) {
        world.loseVolume(ordinal);
      }
    }
    world.tick();
    operator.steps(seconds);

    assertThat(world.hasLeaderAnywhere()).as("the majority goes on, unseen").isTrue();
    assertThat(world.record().attempts()).isZero();
    assertThat(world.acts()).hasSize(actsBefore);
    assertThat(operator.step().decision().blocked()).isTrue();
  }

  @Property(tries = 50)
  @Tag("S01")
  @Label("One missing voter that may be alive holds back the rebuild of a loss that is certain")
  void oneUnreachableVoterHolds(@ForAll @IntRange(min = 15, max = 60) int seconds) {
    World world = World.of(5);
    Operator operator = new Operator(world);
    operator.untilSteady();
    world.cutOff(4, 1);
    for (int ordinal = 0; ordinal < 3; ordinal++) {
      world.loseVolume(ordinal);
    }
    world.tick();
    operator.steps(seconds);
    Turn turn = operator.step();

    assertThat(turn.assessment().verdict()).isEqualTo(Verdict.LOST);
    assertThat(turn.decision().reason()).isEqualTo(Reason.MEMBER_UNREACHABLE);
    assertThat(world.record().attempts()).isZero();
    world.deleteNode(4);
    world.tick();
    operator.untilPhase(Phase.REBUILDING);
  }

  @Property(tries = 50)
  @Tag("S01")
  @Label("Members that run but answer nothing are not down: Kubernetes runs them")
  void muteMembers(
      @ForAll @IntRange(min = 3, max = 9) int size,
      @ForAll @IntRange(min = 20, max = 60) int seconds) {
    World world = World.of(size);
    Operator operator = new Operator(world);
    operator.untilSteady();
    int actsBefore = world.acts().size();
    for (int ordinal = 0; ordinal < size; ordinal++) {
      world.mute(ordinal);
    }
    operator.steps(seconds);

    assertThat(world.record().incident()).isEmpty();
    assertThat(world.acts()).hasSize(actsBefore);
  }

  @Property(tries = 20)
  @Tag("S05")
  @Label("A member list that fails, or is empty, is no loss by itself and nothing is done upon it")
  void memberListAlone(@ForAll boolean empty, @ForAll @IntRange(min = 10, max = 60) int seconds) {
    World world = World.of(3);
    Operator operator = new Operator(world);
    operator.untilSteady();
    int actsBefore = world.acts().size();
    if (empty) {
      world.memberListIsEmpty();
    } else {
      world.memberListFails(true);
    }
    operator.steps(seconds);

    assertThat(world.record().incident()).isEmpty();
    assertThat(world.acts()).hasSize(actsBefore);
  }

  @Property
  @Tag("S05")
  @Label(
      "A leader that less than a majority follows, or that is followed in another term, is no leader")
  void staleLeader(
      @ForAll @IntRange(min = 3, max = 9) int size,
      @ForAll @IntRange(min = 0, max = 8) int believers,
      @ForAll boolean otherTerm) {
    Look look = Look.healthy(size).leaderless();
    int believing = otherTerm ? size : Math.min(believers, size / 2);
    for (int ordinal = 0; ordinal < believing; ordinal++) {
      long term = otherTerm && ordinal > 0 ? 4 : 3;
      look.answer(ordinal, Answers.freshness(term, 50, 40));
      look.answer(ordinal, Answers.leader(Optional.of(Look.id(0))));
    }

    assertThat(QuorumAssessor.assess(look.seen(), look.lastKnown()).verdict())
        .isEqualTo(Verdict.UNDETERMINED);
  }

  @Example
  @Tag("S05")
  @Label("The linearizable member list is waited for 30 s at most")
  void memberListLimit() {
    assertThat(RecoveryPolicy.defaults().probeLimits().memberList())
        .isLessThanOrEqualTo(Duration.ofSeconds(30));
  }
}
