package dev.requorum.e2e.chaos;

import dev.requorum.fabric8.status.DataLossStatus;
import dev.requorum.fabric8.status.IncidentStatus;
import dev.requorum.fabric8.status.RecoveryStatus;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** What {@code status.recovery} said, look by look, and what it may not take back. */
final class StatusHistory {

  private record Account(String text, Instant seenAt) {}

  private final Map<String, Account> accounts = new LinkedHashMap<>();
  private final Map<String, Instant> incidents = new LinkedHashMap<>();
  private int attempts;

  /**
   * Takes the status as it is now.
   *
   * @return what is wrong with it
   */
  synchronized List<String> take(RecoveryStatus status, Instant at) {
    List<String> violations = new ArrayList<>();
    int now = Optional.ofNullable(status.attempts).orElse(0);
    if (now < attempts) {
      violations.add("attempts went from %d to %d".formatted(attempts, now));
    }
    attempts = Math.max(attempts, now);
    incidents(status).forEach(incident -> incidents.putIfAbsent(incident.id, at));
    incidents(status)
        .filter(incident -> incident.dataLoss != null)
        .forEach(
            incident -> account(incident.id, incident.dataLoss, at).ifPresent(violations::add));
    return violations;
  }

  private Optional<String> account(String incident, DataLossStatus loss, Instant at) {
    String text = Serialization.asJson(loss);
    Account first = accounts.putIfAbsent(incident, new Account(text, at));
    return first == null || first.text().equals(text)
        ? Optional.empty()
        : Optional.of(
            "the account of %s was %s and became %s".formatted(incident, first.text(), text));
  }

  /** When an incident was first seen. */
  synchronized Optional<Instant> seenAt(String incident) {
    return Optional.ofNullable(incidents.get(incident));
  }

  /** When the account of an incident's loss was first seen. */
  synchronized Optional<Instant> accountSeenAt(String incident) {
    return Optional.ofNullable(accounts.get(incident)).map(Account::seenAt);
  }

  /** All that the status knows of, oldest first. */
  static Stream<IncidentStatus> incidents(RecoveryStatus status) {
    Stream<IncidentStatus> current = status.id == null ? Stream.empty() : Stream.of(status);
    return Stream.concat(status.history.stream(), current);
  }
}
