package dev.requorum.core.specification;

import static org.assertj.core.api.Assertions.assertThat;

import dev.requorum.core.engine.RecoveryEngine;
import dev.requorum.core.engine.TurnListener;
import dev.requorum.core.model.Loss;
import dev.requorum.core.model.Losses;
import dev.requorum.core.model.Operator;
import dev.requorum.core.model.World;
import dev.requorum.core.recovery.SurvivorHealth;
import dev.requorum.ports.Reason;
import dev.requorum.ports.kubernetes.StatefulSetView;
import dev.requorum.ports.record.Incident;
import dev.requorum.ports.record.Phase;
import dev.requorum.ports.record.Step;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tag;
import net.jqwik.api.constraints.IntRange;

@Label("Forcing a new cluster")
class ForceProperties {

  @Property(tries = 60)
  @Tag("S12")
  @Tag("S13")
  @Tag("S16")
  @Tag("S22")
  @Label(
      "A rebuild counts its attempt first, then fences, preserves, rewrites the initial cluster to the"
          + " survivor alone, arms, restarts, disarms, restarts, seals, and only then adds anybody")
  void inThisOrder(@ForAll("losses") Loss loss) {
    World world = loss.strike();
    Operator operator = new Operator(world);
    int before = world.acts().size();
    operator.until("a commit", () -> world.record().attempts() == 1);
    assertThat(world.acts()).as("acts before the attempt was counted").hasSize(before);
    operator.untilSteady();

    String name = world.record().incident().orElseThrow().survivor().orElseThrow().name();
    int ordinal = World.CLUSTER.ordinalOf(name).orElseThrow();
    assertThat(world.acts().subList(before, before + 9))
        .containsExactly(
            "Resize [%d, %d)".formatted(ordinal, ordinal + 1),
            "Preserve " + name,
            "Write NEW",
            "Arm " + name,
            "Restart " + name,
            "Disarm",
            "Restart " + name,
            "Write seal",
            world.acts().get(before + 8));
    assertThat(world.acts().get(before + 8)).matches("(Discard|AddLearner) .*");
    assertThat(world.acts()).containsOnlyOnce("Arm " + name);
    assertThat(world.wrongs()).isEmpty();
  }

  @Property(tries = 60)
  @Tag("S14")
  @Tag("S16")
  @Label(
      "The flag is never without its mark, the mark names the incident, and neither is left when"
          + " members are added")
  void flagAndMark(@ForAll("losses") Loss loss) {
    World world = loss.strike();
    Operator operator = new Operator(world);
    operator.step();
    AtomicInteger timesArmed = new AtomicInteger();
    operator.until(
        "the end of the recovery",
        () -> {
          StatefulSetView set = world.statefulSet();
          Incident incident = world.record().incident().orElseThrow();
          assertThat(set.forceFlag()).isEqualTo(set.armedFor().isPresent());
          assertThat(set.armedFor()).isIn(Optional.empty(), Optional.of(incident.id()));
          assertThat(set.armed() && set.window().replicas() != 1).isFalse();
          assertThat(set.armed() && incident.phase() != Phase.REBUILDING).isFalse();
          timesArmed.addAndGet(set.armed() ? 1 : 0);
          return world.record().ongoing().isEmpty();
        });
    assertThat(timesArmed).hasPositiveValue();
  }

  @Property(tries = 60)
  @Tag("S15")
  @Label("Without the survivor's pod nothing is committed to; it is waited for")
  void survivorPodMissing(@ForAll @IntRange(min = 10, max = 40) int seconds) {
    World world = World.of(3);
    Operator operator = new Operator(world);
    operator.untilSteady();
    world.loseVolume(0);
    world.loseVolume(1);
    world.tick();
    operator.steps(3);
    int before = world.acts().size();
    for (int i = 0; i < seconds; i++) {
      world.deletePodByForce(2);
      operator.turn();
      world.advance(Operator.POLICY.incidentInterval());
    }
    Incident incident = world.record().incident().orElseThrow();

    assertThat(incident.phase()).isEqualTo(Phase.DETECTING);
    assertThat(incident.reason()).isIn(Reason.NO_SURVIVOR, Reason.SURVIVOR_POD_MISSING);
    assertThat(world.acts()).hasSize(before);
  }

  @Property(tries = 60)
  @Tag("S16")
  @Tag("S17")
  @Label(
      "Flag and mark stay for as long as the survivor-health gate complains, and so does the rebuild")
  void healthGate(
      @ForAll("losses") Loss loss, @ForAll @IntRange(min = 1, max = 30) int complaints) {
    World world = loss.strike();
    AtomicInteger left = new AtomicInteger(complaints);
    SurvivorHealth strict =
        (seen, assessment, survivor) ->
            left.getAndDecrement() > 0
                ? Optional.of("not yet")
                : SurvivorHealth.leadsItself().complaint(seen, assessment, survivor);
    RecoveryEngine engine = new RecoveryEngine(world.ports(), TurnListener.none(), strict);
    Operator operator = new Operator(world, Operator.POLICY, engine);
    operator.until("the verification", () -> step(world).equals(Optional.of(Step.VERIFY)));
    for (int i = 1; i < complaints; i++) {
      operator.step();
      assertThat(step(world)).contains(Step.VERIFY);
      assertThat(world.statefulSet().armed()).isTrue();
    }
    operator.untilSteady();
    assertThat(world.wrongs()).isEmpty();
  }

  @Property(tries = 60)
  @Tag("S13")
  @Label(
      "A survivor that loses its volume before the flag is set is never forced: it would be empty")
  void survivorLosesItsVolume(@ForAll("losses") Loss loss, @ForAll("beforeForce") Step lostAt) {
    World world = loss.strike();
    Operator operator = new Operator(world);
    operator.until("step " + lostAt, () -> step(world).equals(Optional.of(lostAt)));
    boolean toldToStartAlone = world.initialCluster().filter(c -> c.isSealed()).isEmpty();
    world.loseVolume(world.record().incident().orElseThrow().survivor().orElseThrow().ordinal());
    world.tick();
    operator.steps(30);

    assertThat(world.timesForced()).isZero();
    assertThat(world.record().ongoing()).isPresent();
    assertThat(operator.step().decision().blocked()).isTrue();
    assertThat(!toldToStartAlone && !world.wrongs().isEmpty()).isFalse();
  }

  @Property(tries = 60)
  @Tag("S06")
  @Label(
      "Nothing is forced without a copy that is there: where it is lost before, it is made again;"
          + " where that cannot be told, it is waited for")
  void copyThatIsThere(
      @ForAll("losses") Loss loss,
      @ForAll @IntRange(min = 0, max = 16) int turnsAfterCommit,
      @ForAll boolean lost,
      @ForAll @IntRange(min = 1, max = 5) int turnsHidden) {
    World world = loss.strike();
    Operator operator = new Operator(world);
    operator.until("a commit", () -> world.record().attempts() == 1);
    operator.steps(turnsAfterCommit);
    if (lost) {
      world.loseCopies();
    } else {
      world.hideCopies(true);
    }
    int forcedBefore = world.timesForced();
    boolean toldToForce = world.statefulSet().armed();
    operator.steps(turnsHidden);
    if (!lost && !toldToForce) {
      assertThat(world.timesForced()).isEqualTo(forcedBefore);
    }
    world.hideCopies(false);
    operator.untilSteady();

    assertThat(world.wrongs()).isEmpty();
    assertThat(world.record().attempts()).isEqualTo(1);
    assertThat(world.record().incident().orElseThrow().dataLoss()).isPresent();
  }

  @Property(tries = 60)
  @Tag("S06")
  @Label(
      "What somebody changed in the pod template since the survivor's pod was made is not picked up by"
          + " its restart: it is held until the change is taken back, or the pod was made anew")
  void changedTemplate(
      @ForAll("losses") Loss loss,
      @ForAll @IntRange(min = 0, max = 9) int turnsBefore,
      @ForAll boolean takenBack) {
    World world = loss.strike();
    Operator operator = new Operator(world);
    operator.steps(turnsBefore);
    world.editTemplate(2);
    operator.steps(40);
    Incident held = world.record().incident().orElseThrow();
    assertThat(held.reason()).isEqualTo(Reason.TEMPLATE_CHANGED);
    assertThat(world.acts()).noneMatch(act -> act.startsWith("Arm"));
    if (takenBack) {
      world.editTemplate(1);
    } else {
      world.deletePodByForce(loss.survivors().iterator().next());
    }
    operator.untilSteady();

    assertThat(world.record().attempts()).isEqualTo(1);
    assertThat(world.wrongs()).isEmpty();
  }

  @Property(tries = 60)
  @Tag("S02")
  @Tag("S06")
  @Label(
      "A quorum that comes back after the commit and before anything was forced calls the rebuild off")
  void calledOff(
      @ForAll @IntRange(min = 0, max = 2) int survivor,
      @ForAll @IntRange(min = 0, max = 3) int turnsAfterCommit) {
    Loss loss = Losses.ofTwoOutOfThree().get(2 * survivor + 1);
    World world = loss.strike();
    Operator operator = new Operator(world);
    operator.until("a commit", () -> world.record().attempts() == 1);
    loss.broken().forEach(world::mendProcess);
    for (int round = 0; round < 6; round++) {
      world.tick();
    }
    operator.steps(turnsAfterCommit);
    operator.untilSteady();

    assertThat(world.record().incident()).isEmpty();
    assertThat(world.record().attempts()).isEqualTo(1);
    assertThat(world.acts()).noneMatch(act -> act.startsWith("Arm") || act.startsWith("Resize"));
    assertThat(world.wrongs()).isEmpty();
  }

  @Property(tries = 60)
  @Tag("S20")
  @Label(
      "What was forced is never taken for a quorum that came back: its data loss is recorded, also"
          + " where a node fell silent between arming and restarting")
  void forcedIsNotHealed(@ForAll("losses") Loss loss, @ForAll boolean restartedByTheOperator) {
    World world = loss.strike();
    Operator operator = new Operator(world);
    operator.until("the flag", () -> world.statefulSet().armed());
    if (restartedByTheOperator) {
      operator.step();
    }
    Incident before = world.record().incident().orElseThrow();
    int survivor = before.survivor().orElseThrow().ordinal();
    world.cutOff((survivor + 1) % 3, 1);
    operator.step();
    world.deletePodByForce(survivor);
    world.tick();
    operator.steps(20);
    world.reconnect((survivor + 1) % 3);
    operator.untilSteady();

    Incident after = world.record().incident().orElseThrow();
    assertThat(after.id()).isEqualTo(before.id());
    assertThat(after.dataLoss()).isPresent();
    assertThat(world.wrongs()).isEmpty();
  }

  @Property(tries = 60)
  @Tag("S01")
  @Label(
      "Nobody is cut off, and nothing is forced, while voters that came back since the commit could"
          + " make a majority")
  void majorityMayBeBack(@ForAll @IntRange(min = 0, max = 2) int survivor) {
    Loss loss = Losses.ofTwoOutOfThree().get(2 * survivor + 1);
    World world = loss.strike();
    Operator operator = new Operator(world);
    operator.until("a commit", () -> world.record().attempts() == 1);
    int before = world.acts().size();
    List<Integer> back = loss.broken().stream().sorted().toList();
    world.mendProcess(back.get(0));
    for (int round = 0; round < 6; round++) {
      world.tick();
    }
    world.mute(back.get(0));
    world.memberListFails(true);
    operator.steps(10);

    assertThat(world.acts()).hasSize(before);
    world.unmute(back.get(0));
    world.memberListFails(false);
    operator.step();
    assertThat(world.record().incident()).isEmpty();
  }

  @Provide
  Arbitrary<Loss> losses() {
    return Arbitraries.of(Losses.ofTwoOutOfThree());
  }

  @Provide
  Arbitrary<Step> beforeForce() {
    return Arbitraries.of(Step.FENCE, Step.PRESERVE, Step.REWRITE_STATE, Step.ARM);
  }

  private static Optional<Step> step(World world) {
    return world.record().incident().flatMap(Incident::step);
  }
}
