package dev.requorum.embedding;

import static org.assertj.core.api.Assertions.assertThat;

import dev.requorum.core.engine.Ports;
import dev.requorum.core.engine.RecoveryEngine;
import dev.requorum.core.engine.Turn;
import dev.requorum.core.engine.TurnListener;
import dev.requorum.core.model.World;
import dev.requorum.core.recovery.RecoveryPolicy;
import dev.requorum.ports.Announcement;
import dev.requorum.ports.Announcer;
import dev.requorum.ports.ClusterGoal;
import dev.requorum.ports.ClusterRef;
import dev.requorum.ports.PortFailure;
import dev.requorum.ports.record.Phase;
import dev.requorum.ports.record.RecoveryRecord;
import dev.requorum.ports.record.RecoveryRecords;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The example of docs/embedding.md, at work on a simulated cluster that loses two of its three. */
class EmbeddingExampleTest {

  // example: begin
  /** Another operator, which keeps its state in a table of its own and recovers with the engine. */
  static final class OtherOperator {

    private static final RecoveryPolicy POLICY =
        RecoveryPolicy.defaults().withWindows(Duration.ofSeconds(30), Duration.ofMinutes(5));

    private final RecoveryEngine engine;
    private final List<String> log = new ArrayList<>();

    /** The ports to Kubernetes and etcd may be any; records and announcements are this one's. */
    OtherOperator(Ports platform, RecoveryRecords table, Announcer pager) {
      Ports ports =
          new Ports(
              platform.workload(),
              platform.probe(),
              platform.membership(),
              platform.preservation(),
              table,
              pager,
              platform.clock());
      engine = new RecoveryEngine(ports, TurnListener.none());
    }

    /** One pass of its loop over one cluster; returns when that cluster wants to be seen again. */
    Duration reconcile(ClusterGoal goal) {
      try {
        Optional<Turn> turn = engine.turn(goal, POLICY);
        turn.ifPresent(done -> report(goal.cluster(), done));
        return turn.map(Turn::recheckAfter).orElse(Duration.ofMillis(10));
      } catch (PortFailure unreadable) {
        log.add(goal.cluster() + ": nothing was done: " + unreadable.getMessage());
        return POLICY.incidentInterval();
      }
    }

    private void report(ClusterRef cluster, Turn turn) {
      log.add(
          "%s: %s: %s"
              .formatted(cluster, turn.decision().reason().word(), turn.decision().message()));
      turn.trouble().ifPresent(trouble -> log.add(cluster + ": " + trouble.message()));
    }
  }

  /** A table with a version column: an update of a row that somebody else updated is lost. */
  static final class Table implements RecoveryRecords {

    private final Map<ClusterRef, Versioned> rows = new TreeMap<>();

    @Override
    public synchronized Versioned load(ClusterRef cluster) {
      return rows.getOrDefault(cluster, new Versioned(RecoveryRecord.empty(), "0"));
    }

    @Override
    public synchronized Optional<Versioned> store(
        ClusterRef cluster, RecoveryRecord next, String version) {
      if (!load(cluster).version().equals(version)) {
        return Optional.empty();
      }
      Versioned row = new Versioned(next, Integer.toString(Integer.parseInt(version) + 1));
      rows.put(cluster, row);
      return Optional.of(row);
    }
  }

  /** Tells each thing once: the key says what is one. */
  static final class Pager implements Announcer {

    private final Map<ClusterRef, TreeSet<String>> told = new TreeMap<>();
    private final List<String> messages = new ArrayList<>();

    @Override
    public synchronized void announce(ClusterRef cluster, Announcement announcement) {
      if (told.computeIfAbsent(cluster, c -> new TreeSet<>()).add(announcement.key())) {
        messages.add(announcement.reason().word());
      }
    }
  }

  // example: end

  @Test
  @DisplayName("An operator with nothing but recovery-core and its own ports recovers a cluster")
  void recovers() {
    World world = World.of(3);
    Table table = new Table();
    Pager pager = new Pager();
    OtherOperator operator = new OtherOperator(world.ports(), table, pager);
    turns(operator, world, 20);

    world.loseVolume(0);
    world.loseVolume(2);
    turns(operator, world, 200);

    RecoveryRecord record = table.load(World.CLUSTER).record();
    assertThat(record.incident().orElseThrow().phase())
        .as("%s", operator.log)
        .isEqualTo(Phase.COMPLETED);
    assertThat(record.incident().orElseThrow().survivor().orElseThrow().name()).isEqualTo("demo-1");
    assertThat(record.attempts()).isEqualTo(1);
    assertThat(world.isWhole()).isTrue();
    assertThat(pager.messages)
        .containsExactly(
            "QuorumLost",
            "RecoveryStarted",
            "PossibleDataLoss",
            "RecoveryScalingOut",
            "RecoveryCompleted");
  }

  private static void turns(OtherOperator operator, World world, int count) {
    for (int turn = 0; turn < count; turn++) {
      world.advance(operator.reconcile(world.goal()));
      world.tick();
    }
  }
}
