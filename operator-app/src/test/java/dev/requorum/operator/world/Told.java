package dev.requorum.operator.world;

import dev.requorum.fabric8.controlplane.Await;
import dev.requorum.operator.api.EtcdCluster;
import io.fabric8.kubernetes.api.model.Event;
import java.util.List;
import java.util.Optional;

/** What people are told of the clusters of a namespace. */
public record Told(OperatorWorld world, String namespace) {

  public void awaitCondition(String name, String type, String status, String reason) {
    Await.until(
        "%s of %s is %s, %s".formatted(type, name, status, reason),
        () -> {
          String now = condition(name, type);
          return now.startsWith(status + " " + reason) ? Optional.empty() : Optional.of(now);
        });
  }

  /** Status, reason and message of a condition, or that there is none. */
  public String condition(String name, String type) {
    EtcdCluster cluster = world.find(namespace, name);
    if (cluster.getStatus() == null || cluster.getStatus().conditions == null) {
      return "no conditions";
    }
    return cluster.getStatus().conditions.stream()
        .filter(condition -> condition.getType().equals(type))
        .map(found -> found.getStatus() + " " + found.getReason() + ": " + found.getMessage())
        .findFirst()
        .orElse("no condition " + type);
  }

  public void awaitEvent(String name, String type, String reason, String message) {
    Await.until(
        "Event %s on %s".formatted(reason, name),
        () -> {
          List<Event> events = world.admin().v1().events().inNamespace(namespace).list().getItems();
          boolean told =
              events.stream()
                  .filter(event -> event.getInvolvedObject().getName().equals(name))
                  .filter(event -> event.getInvolvedObject().getKind().equals("EtcdCluster"))
                  .filter(event -> event.getType().equals(type))
                  .filter(event -> event.getReason().equals(reason))
                  .anyMatch(event -> event.getMessage().contains(message));
          return told ? Optional.empty() : Optional.of("there are " + events.size() + " others");
        });
  }
}
