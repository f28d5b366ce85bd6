package dev.requorum.core.sim;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What clients were promised, and every life that the cluster had: no acknowledged write may be
 * missing where none was rebuilt, and no former life may go on once a rebuilt one began.
 */
final class Ledger {

  private final List<Epoch> epochs = new ArrayList<>();
  private final Set<String> violations = new LinkedHashSet<>();
  private int writes;
  private int acknowledged;

  Ledger() {
    anew();
  }

  /** A life that began with nothing. */
  Epoch anew() {
    return begin(Optional.empty(), Optional.empty(), "", 0);
  }

  Epoch begin(
      Optional<Epoch> parent, Optional<String> incident, String survivor, long retainedRevision) {
    Epoch epoch = new Epoch(epochs.size(), parent, incident, survivor, retainedRevision);
    epochs.add(epoch);
    return epoch;
  }

  int nextWrite() {
    return writes++;
  }

  int acknowledged() {
    return acknowledged;
  }

  /** Something that must never be, in words. */
  void disaster(String what) {
    violations.add(what);
  }

  Set<String> violations() {
    return violations;
  }

  void committed(Store store) {
    if (!store.foreign) {
      store.epoch.committed = Math.max(store.epoch.committed, store.revision);
    }
  }

  void acknowledged(Store store, int write) {
    if (store.foreign) {
      return;
    }
    acknowledged++;
    store.epoch.required.set(write);
    blameIfSuperseded(store.epoch, "took a write");
  }

  void elected(Etcd winner) {
    Epoch epoch = winner.store.epoch;
    if (winner.store.foreign) {
      return;
    }
    if (!epoch.established) {
      establish(epoch, winner.store);
    }
    blameIfSuperseded(epoch, "elected " + winner.pod);
    mustHaveAll(winner);
  }

  private void establish(Epoch epoch, Store store) {
    epoch.incident.ifPresent(
        incident -> {
          if (epochs.stream()
              .anyMatch(other -> other.established && other.incident.equals(epoch.incident))) {
            disaster("the cluster was rebuilt twice for incident " + incident);
          }
        });
    epoch.established = true;
    epoch.parent.ifPresent(
        parent -> {
          epoch.committedBefore = Math.max(parent.committed, parent.committedBefore);
          epoch.lost.or(parent.required);
          epoch.lost.andNot(store.writes);
          epoch.required.or(parent.required);
          epoch.required.and(store.writes);
        });
  }

  private void blameIfSuperseded(Epoch epoch, String what) {
    for (Epoch other : epochs) {
      if (other.established && !epoch.isOrDescendsFrom(other)) {
        disaster("%s %s although %s had begun".formatted(epoch, what, other));
      }
    }
  }

  /** Whoever leads has all that was acknowledged in this life. */
  void mustHaveAll(Etcd leader) {
    BitSet missing = (BitSet) leader.store.epoch.required.clone();
    missing.andNot(leader.store.writes);
    if (!missing.isEmpty() && !leader.store.foreign) {
      disaster(
          "%s leads %s without acknowledged write %d"
              .formatted(leader.pod, leader.store.epoch, missing.nextSetBit(0)));
    }
  }

  /** The newest life that ever had a leader. */
  Epoch newest() {
    Epoch newest = epochs.get(0);
    for (Epoch epoch : epochs) {
      newest = epoch.established ? epoch : newest;
    }
    return newest;
  }

  /** The life that this incident's rebuild began; empty where none did. */
  Optional<Epoch> of(String incident) {
    return epochs.stream()
        .filter(epoch -> epoch.established && epoch.incident.equals(Optional.of(incident)))
        .findFirst();
  }

  /** The rebuilt lives that began, the oldest first. */
  List<Epoch> rebuilt() {
    return epochs.stream().filter(epoch -> epoch.established && epoch.parent.isPresent()).toList();
  }
}
