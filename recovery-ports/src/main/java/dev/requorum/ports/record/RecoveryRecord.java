package dev.requorum.ports.record;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Everything that a successor needs to go on after this process died: {@code status.recovery}
 * (S07).
 *
 * @param attempts how often a destructive rebuild was committed to, over the cluster's whole life;
 *     never decreases (S22)
 * @param incident the current incident, or the last one
 * @param history earlier incidents, oldest first, at most {@value #HISTORY_LIMIT}
 */
public record RecoveryRecord(
    int attempts, Optional<Incident> incident, List<Incident> history, LastKnown lastKnown) {

  /** How many earlier incidents are kept. */
  public static final int HISTORY_LIMIT = 10;

  public RecoveryRecord {
    if (attempts < 0) {
      throw new IllegalArgumentException("attempts must be 0 or more, not " + attempts);
    }
    Objects.requireNonNull(incident, "incident");
    history = List.copyOf(history);
    Objects.requireNonNull(lastKnown, "lastKnown");
  }

  /** The record of a cluster that nothing ever happened to. */
  public static RecoveryRecord empty() {
    return new RecoveryRecord(0, Optional.empty(), List.of(), LastKnown.nothing());
  }

  /**
   * The incident that is being worked on; empty where there is none, or the last one is completed.
   */
  public Optional<Incident> ongoing() {
    return incident.filter(Incident::ongoing);
  }

  /** All incidents that are remembered, the current or last one at the end. */
  public Stream<Incident> incidents() {
    return Stream.concat(history.stream(), incident.stream());
  }

  /**
   * The claims, by uid, of members that were passed over although they were seen at a later
   * revision than the survivor had: until a human acknowledges that loss, they may be the last copy
   * of it.
   */
  public Set<String> volumesToKeep() {
    return Stream.concat(
            history.stream().filter(Incident::unacknowledged),
            incident.stream().filter(one -> one.acknowledgedAt().isEmpty()))
        .flatMap(one -> one.plan().stream())
        .flatMap(plan -> plan.passedOver().stream())
        .map(PassedOver::volumeUid)
        .collect(Collectors.toUnmodifiableSet());
  }

  /** True where a human acknowledged the data loss of the remembered incident of this id. */
  public boolean isAcknowledged(String incidentId) {
    return incidents()
        .anyMatch(one -> one.id().equals(incidentId) && one.acknowledgedAt().isPresent());
  }

  public RecoveryRecord withIncident(Optional<Incident> next) {
    return new RecoveryRecord(attempts, next, history, lastKnown);
  }

  public RecoveryRecord withLastKnown(LastKnown next) {
    return new RecoveryRecord(attempts, incident, history, next);
  }

  /** The same with one more attempt. */
  public RecoveryRecord withOneMoreAttempt() {
    return new RecoveryRecord(attempts + 1, incident, history, lastKnown);
  }

  public RecoveryRecord withHistory(List<Incident> next) {
    return new RecoveryRecord(attempts, incident, next, lastKnown);
  }
}
