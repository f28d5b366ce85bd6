package dev.requorum.core.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.requorum.core.Action;
import dev.requorum.core.Decision;
import dev.requorum.core.Observation;
import dev.requorum.core.model.FlakyPorts;
import dev.requorum.core.model.FlakyPorts.Fault;
import dev.requorum.core.model.Losses;
import dev.requorum.core.model.Operator;
import dev.requorum.core.model.World;
import dev.requorum.ports.Announcement;
import dev.requorum.ports.PortFailure;
import dev.requorum.ports.Reason;
import dev.requorum.ports.etcd.MemberEndpoint;
import dev.requorum.ports.record.RecoveryRecord;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("S06")
@DisplayName("S06: one turn of the engine")
class RecoveryEngineTest {

  private final World world = World.of(3);

  @Test
  @Tag("S22")
  @DisplayName("the record is stored before the act")
  void recordBeforeAct() {
    List<String> order = new ArrayList<>();
    TurnListener watcher =
        new TurnListener() {
          @Override
          public void decided(Observation seen, RecoveryRecord before, Decision decision) {
            order.add("decided, stored " + world.record().equals(decision.next()));
          }

          @Override
          public void recorded(Observation seen, RecoveryRecord before, Decision decision) {
            order.add("recorded, stored " + world.record().equals(decision.next()));
            order.add("acts " + world.acts().size());
          }

          @Override
          public void acted(Observation seen, RecoveryRecord before, Decision decision) {
            order.add("acts " + world.acts().size());
          }
        };
    new Operator(world, watcher).turn();
    assertThat(order)
        .containsExactly("decided, stored false", "recorded, stored true", "acts 0", "acts 1");
  }

  @Test
  @DisplayName("an update that is lost to somebody else acts and announces nothing")
  void lostUpdate() {
    List<String> reached = new ArrayList<>();
    TurnListener rival =
        new TurnListener() {
          @Override
          public void decided(Observation seen, RecoveryRecord before, Decision decision) {
            assertThat(decision.action()).isNotEqualTo(Action.none());
            new Operator(world).turn();
            reached.add("decided");
          }

          @Override
          public void recorded(Observation seen, RecoveryRecord before, Decision decision) {
            reached.add("recorded");
          }
        };
    assertThat(new Operator(world, rival).turn()).isEmpty();
    assertThat(reached).containsExactly("decided");
    assertThat(world.acts()).as("the rival's alone").hasSize(1);
  }

  @Test
  @DisplayName("a record that cannot be read ends the turn; nothing is done as if there were none")
  void unreadableRecord() {
    RecoveryEngine engine = engine(List.of(Fault.FAILS_BEFORE));
    assertThatThrownBy(() -> engine.turn(world.goal(), Operator.POLICY))
        .isInstanceOf(PortFailure.class)
        .hasMessageContaining("load");
    assertThat(world.acts()).isEmpty();
  }

  @Test
  @DisplayName("a record that may not have been stored ends the turn before the act")
  void unstoredRecord() {
    RecoveryEngine engine = engine(List.of(Fault.NONE, Fault.FAILS_AFTER));
    assertThatThrownBy(() -> engine.turn(world.goal(), Operator.POLICY))
        .isInstanceOf(PortFailure.class)
        .hasMessageContaining("store");
    assertThat(world.acts()).isEmpty();
  }

  @Test
  @DisplayName(
      "an act that fails is reported as a failure, one that is refused as a refusal; both soon again")
  void trouble() {
    Turn failed =
        engine(List.of(Fault.NONE, Fault.NONE, Fault.FAILS_BEFORE))
            .turn(world.goal(), Operator.POLICY)
            .orElseThrow();
    assertThat(failed.trouble().orElseThrow().refused()).isFalse();
    assertThat(failed.trouble().orElseThrow().message()).contains("connection refused");
    assertThat(failed.recheckAfter()).isEqualTo(Operator.POLICY.incidentInterval());
    assertThat(failed.record()).isEqualTo(world.record());

    Turn refused =
        engine(List.of(Fault.NONE, Fault.REFUSED))
            .turn(world.goal(), Operator.POLICY)
            .orElseThrow();
    assertThat(refused.trouble()).contains(new Turn.Trouble(true, "not now"));
  }

  @Test
  @Tag("S09")
  @DisplayName("S09: an announcement that fails keeps back no other, and is made at the next turn")
  void announcements() {
    World other = Losses.ofTwoOutOfThree().get(0).strike();
    new Operator(other).step();
    RecoveryEngine engine =
        new RecoveryEngine(
            FlakyPorts.of(other, List.of(Fault.NONE, Fault.NONE, Fault.FAILS_BEFORE)),
            TurnListener.none());
    int before = other.announcements().size();
    Turn turn = engine.turn(other.goal(), Operator.POLICY).orElseThrow();
    assertThat(turn.trouble()).isPresent();
    assertThat(other.announcements()).hasSize(before);
    engine.turn(other.goal(), Operator.POLICY);
    assertThat(other.announcements()).extracting(Announcement::key).isNotEmpty();
  }

  @Test
  @Tag("S02")
  @DisplayName("S02: a member that lost its volume is told of, once, when it is removed")
  void replaced() {
    Operator operator = new Operator(world);
    operator.untilSteady();
    world.loseVolume(1);
    world.deletePodByForce(1);
    operator.steps(30);
    assertThat(world.isWhole()).isTrue();
    assertThat(world.announcements())
        .extracting(Announcement::reason)
        .containsExactly(Reason.MEMBER_REPLACED);
  }

  @Test
  @Tag("S11")
  @DisplayName(
      "S11: a healthy cluster never reaches the recovery gate: no incident, no announcement")
  void healthy() {
    Operator operator = new Operator(world);
    operator.untilSteady();
    operator.steps(10);
    assertThat(world.record().incident()).isEmpty();
    assertThat(world.announcements()).isEmpty();
  }

  @Test
  @DisplayName("each pod that has an address is asked there")
  void endpoints() {
    List<MemberEndpoint> asked = new ArrayList<>();
    Ports ports = world.ports();
    Ports watched = Asked.noting(asked, ports.workload(), ports);
    new RecoveryEngine(watched, TurnListener.none()).turn(world.goal(), Operator.POLICY);
    assertThat(asked)
        .extracting(MemberEndpoint::name)
        .containsExactly("demo-0", "demo-1", "demo-2");
    assertThat(asked).allMatch(e -> e.clientUrl().getPort() == 2379);
  }

  private RecoveryEngine engine(List<Fault> faults) {
    return new RecoveryEngine(FlakyPorts.of(world, faults), TurnListener.none());
  }
}
