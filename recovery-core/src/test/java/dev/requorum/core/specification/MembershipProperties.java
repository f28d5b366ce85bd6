package dev.requorum.core.specification;

import static org.assertj.core.api.Assertions.assertThat;

import dev.requorum.core.engine.Turn;
import dev.requorum.core.model.Loss;
import dev.requorum.core.model.Losses;
import dev.requorum.core.model.Operator;
import dev.requorum.core.model.World;
import dev.requorum.ports.Reason;
import dev.requorum.ports.etcd.Member;
import dev.requorum.ports.etcd.MemberId;
import dev.requorum.ports.kubernetes.InitialCluster;
import dev.requorum.ports.kubernetes.OrdinalWindow;
import dev.requorum.ports.record.KnownMember;
import dev.requorum.ports.record.Phase;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tag;
import net.jqwik.api.constraints.IntRange;

@Label("Growing, shrinking, and who may join")
class MembershipProperties {

  @Property(tries = 60)
  @Tag("S18")
  @Tag("O03")
  @Label(
      "A cluster grows and shrinks between any two sizes: one learner at a time, promoted before the"
          + " next, the member removed before its pod")
  void anySizeToAnySize(
      @ForAll @IntRange(min = 1, max = 7) int from, @ForAll @IntRange(min = 1, max = 7) int to) {
    World world = World.of(from);
    Operator operator = new Operator(world);
    operator.untilSteady();
    world.askForSize(to);
    operator.until(
        "size " + to,
        () -> {
          Turn turn = operator.step();
          List<Member> members = turn.assessment().members().orElse(List.of());
          assertThat(members.stream().filter(Member::learner).count()).isLessThanOrEqualTo(1);
          return world.isWhole() && turn.decision().reason() == Reason.AS_DESIRED;
        });

    assertThat(world.statefulSet().window()).isEqualTo(new OrdinalWindow(0, to));
    assertThat(world.initialCluster()).contains(InitialCluster.sealed());
    assertThat(world.record().attempts()).isZero();
    assertThat(world.wrongs()).isEmpty();
  }

  @Property(tries = 40)
  @Tag("S03")
  @Label(
      "A size that is changed before the first members ever were complete is reached all the same")
  void sizeChangedEarly(
      @ForAll @IntRange(min = 1, max = 5) int from, @ForAll @IntRange(min = 1, max = 5) int to) {
    World world = World.of(from);
    world.askForSize(to);
    new Operator(world).untilSteady();
    assertThat(world.wrongs()).isEmpty();
  }

  @Property(tries = 100)
  @Tag("S18")
  @Label("A learner that lags behind is waited for; nobody else is added meanwhile")
  void lagging(@ForAll @IntRange(min = 5, max = 60) int turns) {
    World world = World.of(1);
    Operator operator = new Operator(world);
    operator.untilSteady();
    for (int i = 0; i < 30; i++) {
      world.write();
    }
    world.askForSize(3);
    world.lagBehind(1);
    operator.steps(8);
    operator.steps(turns);
    assertThat(operator.step().decision().reason()).isEqualTo(Reason.LEARNER_CATCHING_UP);
    assertThat(world.acts())
        .contains("AddLearner demo-1")
        .doesNotContain("Promote", "AddLearner demo-2");

    world.catchUp(1);
    operator.untilSteady();
    assertThat(world.wrongs()).isEmpty();
  }

  @Property(tries = 100)
  @Tag("S19")
  @Label(
      "While members are added back, a member list that fails or is empty holds everything: nothing is"
          + " resized, removed, discarded or completed")
  void unusableMemberList(
      @ForAll("losses") Loss loss,
      @ForAll boolean empty,
      @ForAll @IntRange(min = 0, max = 12) int turnsIntoIt,
      @ForAll @IntRange(min = 5, max = 40) int turns) {
    World world = loss.strike();
    Operator operator = new Operator(world);
    operator.untilPhase(Phase.SCALING_OUT);
    for (int i = 0; i < turnsIntoIt && world.record().ongoing().isPresent(); i++) {
      operator.step();
    }
    int before = world.acts().size();
    Phase phase = world.record().incident().orElseThrow().phase();
    if (empty) {
      world.memberListIsEmpty();
    } else {
      world.memberListFails(true);
    }
    operator.steps(turns);

    assertThat(world.acts()).hasSize(before);
    assertThat(world.record().incident().orElseThrow().phase()).isEqualTo(phase);
    assertThat(operator.step().decision().reason()).isEqualTo(Reason.MEMBER_LIST_UNUSABLE);
    world.memberListFails(false);
    operator.untilSteady();
  }

  @Property(tries = 60)
  @Tag("S18")
  @Label(
      "A member whose disk was replaced in a healthy cluster can't rejoin under its old id: it is"
          + " removed and joins anew, by a ticket for it alone, and the membership is sealed again")
  void replacedDisk(
      @ForAll @IntRange(min = 3, max = 7) int size, @ForAll @IntRange(min = 0, max = 6) int which) {
    World world = World.of(size);
    Operator operator = new Operator(world);
    operator.untilSteady();
    Set<MemberId> before = memberIds(world);
    world.loseVolume(which % size);
    world.tick();
    operator.step();
    operator.untilSteady();

    assertThat(memberIds(world)).hasSize(size);
    assertThat(memberIds(world).stream().filter(before::contains)).hasSize(size - 1);
    assertThat(world.record().attempts()).isZero();
    assertThat(world.wrongs()).isEmpty();
  }

  @Property(tries = 60)
  @Tag("S18")
  @Label("While a ticket is open for one member, another whose disk is lost can't use it")
  void ticketAdmitsOne(@ForAll @IntRange(min = 0, max = 2) int other) {
    World world = World.of(3);
    Operator operator = new Operator(world);
    operator.untilSteady();
    world.askForSize(4);
    operator.until("an open ticket", () -> !world.initialCluster().orElseThrow().isSealed());
    world.loseVolume(other);
    for (int round = 0; round < 8; round++) {
      world.tick();
    }
    assertThat(world.wrongs()).isEmpty();
    operator.untilSteady();
    assertThat(world.wrongs()).isEmpty();
  }

  @Provide
  Arbitrary<Loss> losses() {
    return Arbitraries.of(Losses.ofTwoOutOfThree());
  }

  private static Set<MemberId> memberIds(World world) {
    return world.record().lastKnown().members().stream()
        .map(KnownMember::id)
        .collect(Collectors.toSet());
  }
}
