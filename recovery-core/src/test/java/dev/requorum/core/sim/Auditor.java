package dev.requorum.core.sim;

import dev.requorum.ports.record.DataLoss;
import dev.requorum.ports.record.Incident;
import dev.requorum.ports.record.Phase;
import dev.requorum.ports.record.RecoveryRecord;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Compares every record that is stored with what is so. */
final class Auditor {

  private final World world;

  /** The account that was first given of each incident. */
  private final Map<String, DataLoss> accounts = new HashMap<>();

  Auditor(World world) {
    this.world = world;
  }

  void stored(RecoveryRecord before, RecoveryRecord next) {
    boolean committed = phase(next) == Phase.REBUILDING && phase(before) != Phase.REBUILDING;
    if (next.attempts() != before.attempts() + (committed ? 1 : 0)) {
      wrong("attempts went from %d to %d".formatted(before.attempts(), next.attempts()));
    }
    if (committed) {
      world.coverage.count("rebuilds committed to");
      world.commitments.committed(next.incident().orElseThrow());
    }
    if (phase(next) == Phase.DETECTING && !sameIncident(before, next)) {
      world.coverage.count("incidents");
    }
    if (phase(next) == Phase.COMPLETED && phase(before) == Phase.SCALING_OUT) {
      world.coverage.count("recoveries completed");
    }
    next.incidents().forEach(this::audit);
    next.incident().ifPresent(this::mustAccount);
    before
        .incident()
        .filter(incident -> incident.phase() == Phase.REBUILDING)
        .filter(incident -> next.incidents().noneMatch(one -> one.id().equals(incident.id())))
        .filter(incident -> world.ledger.of(incident.id()).isPresent())
        .ifPresent(incident -> wrong("incident %s was forgotten".formatted(incident.id())));
    if (world.narrator.tells() && !before.equals(next)) {
      next.incident()
          .ifPresent(
              one ->
                  world.narrator.detail(
                      "recorded: %s%s, %s: %s",
                      one.phase().word(),
                      one.step().map(step -> " " + step.word()).orElse(""),
                      one.reason().word(),
                      one.message()));
    }
  }

  private static Phase phase(RecoveryRecord record) {
    return record.incident().map(Incident::phase).orElse(Phase.COMPLETED);
  }

  private static boolean sameIncident(RecoveryRecord before, RecoveryRecord next) {
    return before.incident().map(Incident::id).equals(next.incident().map(Incident::id));
  }

  private void wrong(String what) {
    world.ledger.disaster(what);
  }

  private void audit(Incident incident) {
    Optional<DataLoss> now = incident.dataLoss();
    DataLoss first = accounts.get(incident.id());
    if (first == null && now.isPresent()) {
      accounts.put(incident.id(), now.get());
      check(incident.id(), now.get());
    } else if (first != null && !now.equals(Optional.of(first))) {
      wrong("the account of incident %s is another one by now".formatted(incident.id()));
    }
  }

  private void mustAccount(Incident incident) {
    boolean over = incident.phase() == Phase.SCALING_OUT || incident.phase() == Phase.COMPLETED;
    if (over && incident.dataLoss().isEmpty()) {
      wrong("incident %s has no account of what was lost".formatted(incident.id()));
    }
  }

  /** What is told to be kept is kept, and what is told to be lost is within the bounds. */
  private void check(String incident, DataLoss told) {
    Optional<Epoch> life = world.ledger.of(incident);
    if (life.isEmpty()) {
      wrong("incident %s has an account, and nothing was rebuilt".formatted(incident));
      return;
    }
    Epoch epoch = life.get();
    long lostInTruth = epoch.committedBefore - told.retainedRevision();
    int acknowledgedAndLost = epoch.lost.cardinality();
    world.coverage.count("acknowledged writes lost, and told", acknowledgedAndLost);
    if (told.retainedRevision() > epoch.retained) {
      wrong(
          "told to keep revision %d, but %s began at %d"
              .formatted(told.retainedRevision(), epoch, epoch.retained));
    }
    if (told.lostRevisions().atLeast() > Math.max(0, lostInTruth)) {
      wrong(
          "told to have lost at least %d revisions, but %d were committed in all"
              .formatted(told.lostRevisions().atLeast(), epoch.committedBefore));
    }
    long keptAfterTheCount = epoch.retained - told.retainedRevision();
    told.lostRevisions()
        .atMost()
        .ifPresent(
            most -> {
              world.coverage.count("accounts with a proven upper bound");
              if (acknowledgedAndLost > most + keptAfterTheCount) {
                wrong(
                    "told to have lost at most %d revisions, but %d acknowledged writes are gone"
                        .formatted(most, acknowledgedAndLost));
              }
            });
  }
}
