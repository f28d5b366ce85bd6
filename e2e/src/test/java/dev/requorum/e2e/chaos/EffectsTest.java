package dev.requorum.e2e.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import dev.requorum.e2e.scenario.ManifestText;
import dev.requorum.e2e.scenario.TestCluster;
import dev.requorum.e2e.world.Await;
import dev.requorum.e2e.world.WorldProcess;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

@DisplayName("A fault does what it says, and no longer once it is lifted:")
class EffectsTest {

  private static final Duration LIMIT = Duration.ofMinutes(6);
  private static final String NAMESPACE = "effects";
  private static final List<Integer> MEMBER = List.of(0);

  @RegisterExtension static final LocalSiteExtension SITE = new LocalSiteExtension();

  private static Arena arena;

  @BeforeAll
  static void start() {
    SITE.site().createNamespace(NAMESPACE);
    Surroundings surroundings = Surroundings.of(SITE.site(), 1);
    KeptOperator operator = surroundings.startOperator(SITE.site(), NAMESPACE);
    TestCluster cluster = new TestCluster(SITE.site(), NAMESPACE, "one");
    String manifest =
        ManifestText.cluster("one", 1, "3.6.16", Duration.ofSeconds(30), Duration.ofMinutes(9));
    cluster.apply(ManifestText.onLocalVolumes(manifest, 320));
    cluster.awaitHealthy(1, LIMIT);
    arena =
        new Arena(
            SITE.site().world(),
            cluster,
            operator,
            surroundings,
            1,
            Writers.start(SITE.site().world(), cluster, 1),
            Observer.start(SITE.site().world(), cluster, 1),
            new Struck());
  }

  @AfterAll
  static void end() {
    arena.writers().close();
    arena.observer().close();
    arena.operator().close();
    arena.surroundings().close();
    arena.cluster().delete();
    SITE.site().deleteNamespace(NAMESPACE);
  }

  @Test
  @DisplayName("a member that is paused answers nobody, and is the same process afterwards")
  void pause() {
    WorldProcess before = process();
    Lift lift = Fault.PAUSE.strike(arena, MEMBER);
    assertThat(answers()).isFalse();
    lift.lift();
    awaitAnswer();
    assertThat(process()).isSameAs(before);
  }

  @Test
  @DisplayName("a member that is killed is another process afterwards")
  void kill() {
    WorldProcess before = process();
    Fault.KILL.strike(arena, MEMBER).lift();
    assertThat(before.isAlive()).isFalse();
    awaitAnswer();
    assertThat(process()).isNotSameAs(before);
    assertThat(arena.struck().endedAt(0)).isPresent();
  }

  @Test
  @DisplayName("a member that is held down has no process until then")
  void holdDown() {
    Lift lift = Fault.HOLD_DOWN.strike(arena, MEMBER);
    assertThat(arena.pod(0).process()).isEmpty();
    lift.lift();
    awaitAnswer();
  }

  @Test
  @DisplayName("a member whose disk is full is left without a byte of room")
  void full() {
    Lift lift = Fault.DISKS_FULL.strike(arena, MEMBER);
    assertThat(room()).isZero();
    lift.lift();
    assertThat(room()).isPositive();
    awaitAnswer();
  }

  @Test
  @DisplayName("an operator that is killed is not there, and is started again")
  void operatorKilled() {
    Lift lift = Fault.OPERATOR_KILLED.strike(arena, List.of());
    assertThat(arena.operator().isAlive()).isFalse();
    lift.lift();
    assertThat(arena.operator().isAlive()).isTrue();
  }

  @Test
  @DisplayName("an operator whose clock is ahead records what is yet to come")
  void clockAhead() {
    Lift lift = Fault.CLOCK_AHEAD.strike(arena, List.of());
    Await.until(
        "something is recorded a minute ahead",
        LIMIT,
        () -> seenAt().isAfter(Instant.now().plusSeconds(60)),
        arena.cluster()::describe);
    lift.lift();
    assertThat(arena.surroundings().clock().instant()).isBeforeOrEqualTo(Instant.now());
  }

  private static Instant seenAt() {
    return Instant.parse(arena.cluster().recovery().lastKnown.members.get(0).seenAt);
  }

  private static long room() {
    return arena
        .world()
        .volumeDirectory(NAMESPACE, arena.cluster().claim(0))
        .toFile()
        .getUsableSpace();
  }

  private static WorldProcess process() {
    return Await.untilPresent(
        "the member's process", LIMIT, () -> arena.pod(0).process(), arena.cluster()::describe);
  }

  private static boolean answers() {
    return arena.observer().gateway(0).flatMap(Gateway::status).isPresent();
  }

  private static void awaitAnswer() {
    Await.until("the member answers", LIMIT, EffectsTest::answers, arena.cluster()::describe);
  }
}
