package dev.requorum.e2e.chaos;

import dev.requorum.e2e.scenario.RecoveryCheck;
import dev.requorum.e2e.scenario.TestCluster;
import dev.requorum.e2e.world.Await;
import dev.requorum.fabric8.status.IncidentStatus;
import dev.requorum.fabric8.status.RecoveryStatus;
import io.fabric8.kubernetes.api.model.Event;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * What a round leaves, once the cluster is healthy and nobody writes any more.
 *
 * @param arena of the round
 */
record Judgement(Arena arena) {

  private static final Duration LIMIT = Duration.ofSeconds(60);

  /** In sentences; empty where all is as it must be. */
  List<String> violations() {
    List<String> violations = new ArrayList<>();
    RecoveryStatus status = arena.cluster().recovery();
    violations.addAll(members());
    violations.addAll(keys(status));
    violations.addAll(record(status));
    if (new RecoveryCheck(arena.cluster(), 0, arena.size(), Map.of(), "").forceFlagLeft()) {
      violations.add("--force-new-cluster or its annotation is left");
    }
    return violations;
  }

  private List<String> members() {
    Set<String> clusters = new TreeSet<>();
    List<String> violations = new ArrayList<>();
    for (int ordinal : TestCluster.ordinals(arena.size())) {
      Optional<Gateway.Status> status = arena.observer().gateway(ordinal).flatMap(Gateway::status);
      status.ifPresent(found -> clusters.add(found.clusterId()));
      if (status.filter(Gateway.Status::serves).isEmpty()) {
        violations.add("member %d does not serve: %s".formatted(ordinal, status));
      }
    }
    if (clusters.size() > 1) {
      violations.add("members are of several clusters: " + clusters);
    }
    List<String> voters = arena.cluster().voters(0);
    if (voters.size() != arena.size()) {
      violations.add("the voters are " + voters);
    }
    return violations;
  }

  private List<String> keys(RecoveryStatus status) {
    List<Map<String, String>> stores = stores();
    Map<String, String> first = stores.get(0);
    List<String> violations = new ArrayList<>();
    first.forEach(
        (key, value) -> {
          if (!key.equals(value)) {
            violations.add("%s has the value %s".formatted(key, value));
          }
        });
    violations.addAll(oracle(status, first.keySet()).violations());
    return violations;
  }

  /** What is there, held against what was promised and what was reported. */
  private LossOracle oracle(RecoveryStatus status, Set<String> present) {
    List<Loss> losses =
        StatusHistory.incidents(status)
            .filter(incident -> incident.dataLoss != null)
            .map(this::loss)
            .toList();
    return new LossOracle(arena.writers().attempts(), present, losses);
  }

  private Loss loss(IncidentStatus incident) {
    StatusHistory history = arena.observer().history();
    return Loss.of(
        incident,
        history.seenAt(incident.id).orElseGet(Instant::now),
        history.accountSeenAt(incident.id).orElseGet(Instant::now));
  }

  /** The same on all members, once the last has applied what the first has. */
  private List<Map<String, String>> stores() {
    List<Map<String, String>> stores = new ArrayList<>();
    Await.until(
        "all members have the same keys",
        LIMIT,
        () -> {
          stores.clear();
          TestCluster.ordinals(arena.size())
              .forEach(
                  o ->
                      arena
                          .observer()
                          .gateway(o)
                          .flatMap(member -> member.read(Writers.PREFIX))
                          .ifPresent(stores::add));
          return stores.size() == arena.size() && Set.copyOf(stores).size() == 1;
        },
        () -> "numbers of keys " + stores.stream().map(Map::size).toList());
    return stores;
  }

  private List<String> record(RecoveryStatus status) {
    List<String> violations = new ArrayList<>();
    List<IncidentStatus> incidents = StatusHistory.incidents(status).toList();
    long started = incidents.stream().filter(incident -> incident.startedAt != null).count();
    if (started != arena.cluster().attempts()) {
      violations.add(
          "%d rebuilds were begun, %d attempts are counted"
              .formatted(started, arena.cluster().attempts()));
    }
    Set<String> told =
        incidents.stream()
            .filter(incident -> incident.dataLoss != null)
            .map(incident -> incident.dataLoss.message)
            .collect(Collectors.toSet());
    Await.until(
        "Event PossibleDataLoss for each incident with a loss",
        LIMIT,
        () -> messages().containsAll(told),
        () -> "%s of %s".formatted(messages(), told));
    if (messages().size() != incidents.stream().filter(i -> i.dataLoss != null).count()) {
      violations.add("PossibleDataLoss was told as %s, for %s".formatted(messages(), told));
    }
    return violations;
  }

  private List<String> messages() {
    return arena.cluster().events().stream()
        .filter(event -> event.getReason().equals("PossibleDataLoss"))
        .map(Event::getMessage)
        .toList();
  }
}
