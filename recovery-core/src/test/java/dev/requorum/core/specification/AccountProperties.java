package dev.requorum.core.specification;

import static org.assertj.core.api.Assertions.assertThat;

import dev.requorum.core.model.Loss;
import dev.requorum.core.model.Losses;
import dev.requorum.core.model.Operator;
import dev.requorum.core.model.World;
import dev.requorum.ports.Reason;
import dev.requorum.ports.record.DataLoss;
import dev.requorum.ports.record.Incident;
import dev.requorum.ports.record.Phase;
import dev.requorum.ports.record.RecoveryRecord;
import dev.requorum.ports.record.Survivor;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.From;
import net.jqwik.api.Label;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tag;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

@Label("The account that is kept")
class AccountProperties {

  @Property(tries = 60)
  @Tag("S22")
  @Label("Attempts never decrease, and count exactly the commits, over one incident after another")
  void attempts(@ForAll @Size(min = 1, max = 4) List<@From("losses") Loss> losses) {
    World world = recoveredFrom(losses);
    List<RecoveryRecord> records = world.recordsStored();
    int commits = 0;
    for (int i = 1; i < records.size(); i++) {
      boolean committed =
          phase(records.get(i)).equals(Optional.of(Phase.REBUILDING))
              && !phase(records.get(i - 1)).equals(Optional.of(Phase.REBUILDING));
      commits += committed ? 1 : 0;
      assertThat(records.get(i).attempts()).isEqualTo(commits);
    }
    assertThat(commits).isEqualTo(losses.size());
  }

  @Property(tries = 60)
  @Tag("S20")
  @Label("The data loss, the survivor and the time of the start are written once and never change")
  void writtenOnce(@ForAll @Size(min = 1, max = 4) List<@From("losses") Loss> losses) {
    World world = recoveredFrom(losses);
    Map<String, DataLoss> dataLosses = new TreeMap<>();
    Map<String, Survivor> survivors = new TreeMap<>();
    for (RecoveryRecord record : world.recordsStored()) {
      for (Incident incident : allOf(record)) {
        incident
            .dataLoss()
            .ifPresent(
                loss ->
                    assertThat(loss)
                        .isEqualTo(dataLosses.computeIfAbsent(incident.id(), id -> loss)));
        incident
            .survivor()
            .ifPresent(
                survivor ->
                    assertThat(survivor)
                        .isEqualTo(survivors.computeIfAbsent(incident.id(), id -> survivor)));
        assertThat(dataLosses.containsKey(incident.id()))
            .isEqualTo(incident.dataLoss().isPresent());
      }
    }
    assertThat(dataLosses).hasSize(losses.size());
  }

  @Property(tries = 60)
  @Tag("S20")
  @Label(
      "The data loss names the survivor's id, the revision and raft index it had, and says how many"
          + " revisions seen before the loss are lost at least")
  void whatIsLost(@ForAll @IntRange(min = 0, max = 5) int writesItMissed) {
    World world = World.of(5);
    Operator operator = new Operator(world);
    operator.untilSteady();
    world.breakProcess(4);
    world.tick();
    for (int i = 0; i < writesItMissed; i++) {
      world.write();
    }
    operator.steps(15);
    new Loss(5, java.util.Set.of(0, 1, 2, 3), java.util.Set.of(), java.util.Set.of(4)).hit(world);
    operator.step();
    operator.untilSteady();

    Incident incident = world.record().incident().orElseThrow();
    DataLoss loss = incident.dataLoss().orElseThrow();
    assertThat(loss.survivor()).isEqualTo(incident.survivor().orElseThrow().id());
    assertThat(loss.retainedRevision()).isEqualTo(2);
    assertThat(loss.raftIndex()).isEqualTo(incident.survivor().orElseThrow().raftIndex());
    assertThat(loss.message())
        .contains("demo-4", "revision 2")
        .contains(
            writesItMissed == 0
                ? "No member was seen at a later revision"
                : "at least %d revisions are lost".formatted(writesItMissed));
  }

  @Property(tries = 30)
  @Tag("S21")
  @Label("A possible data loss stays on record until a human acknowledges that very incident")
  void untilAcknowledged(
      @ForAll @Size(min = 1, max = 3) List<@From("losses") Loss> losses,
      @ForAll @IntRange(min = 0, max = 2) int which) {
    World world = recoveredFrom(losses);
    Operator operator = new Operator(world);
    world.acknowledge("another-incident");
    operator.steps(3);
    List<Incident> all = allOf(world.record());
    assertThat(all).hasSize(losses.size()).allMatch(Incident::unacknowledged);

    String id = all.get(which % all.size()).id();
    world.acknowledge(id);
    operator.steps(3);

    assertThat(allOf(world.record()))
        .allMatch(incident -> incident.unacknowledged() != incident.id().equals(id));
  }

  @Property(tries = 30)
  @Tag("S07")
  @Tag("S08")
  @Label(
      "A recovery is under way from the detection until it is completed, in the order Detecting,"
          + " Rebuilding, ScalingOut, Completed, each with its times")
  void phasesInOrder(@ForAll("losses") Loss loss) {
    World world = recoveredFrom(List.of(loss));
    List<Phase> phases =
        world.recordsStored().stream().flatMap(record -> phase(record).stream()).toList();

    assertThat(phases).isSorted().contains(Phase.values());
    Incident incident = world.record().incident().orElseThrow();
    assertThat(world.record().ongoing()).isEmpty();
    assertThat(incident.detectedAt()).isBefore(incident.startedAt().orElseThrow());
    assertThat(incident.startedAt().orElseThrow()).isBefore(incident.completedAt().orElseThrow());
    assertThat(incident.copy()).isPresent();
  }

  @Property(tries = 30)
  @Tag("S09")
  @Label(
      "Each thing is told once: the loss, the start (which warns of data loss), the possible data"
          + " loss, the scaling out, the completion")
  void told(@ForAll("losses") Loss loss) {
    World world = recoveredFrom(List.of(loss));

    assertThat(world.announcements().stream().map(a -> a.reason()))
        .containsExactly(
            Reason.QUORUM_LOST,
            Reason.RECOVERY_STARTED,
            Reason.POSSIBLE_DATA_LOSS,
            Reason.RECOVERY_SCALING_OUT,
            Reason.RECOVERY_COMPLETED);
    assertThat(world.announcements().get(1).message()).contains("DATA LOSS IS POSSIBLE");
    assertThat(world.announcements().get(2).warning()).isTrue();
  }

  @Provide
  Arbitrary<Loss> losses() {
    return Arbitraries.of(Losses.ofTwoOutOfThree());
  }

  private static World recoveredFrom(List<Loss> losses) {
    World world = World.of(3);
    Operator operator = new Operator(world);
    for (Loss loss : losses) {
      operator.untilSteady();
      world.write();
      operator.steps(2);
      loss.hit(world);
      operator.step();
    }
    operator.untilSteady();
    return world;
  }

  private static Optional<Phase> phase(RecoveryRecord record) {
    return record.incident().map(Incident::phase);
  }

  private static List<Incident> allOf(RecoveryRecord record) {
    List<Incident> all = new java.util.ArrayList<>(record.history());
    record.incident().ifPresent(all::add);
    return all;
  }
}
