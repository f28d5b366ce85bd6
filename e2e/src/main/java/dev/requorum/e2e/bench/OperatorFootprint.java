package dev.requorum.e2e.bench;

import dev.requorum.e2e.world.Await;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What the installed operator takes: the time from the start of its process, Java's own start
 * included, to its first decision on a cluster, and the memory that is resident when it has looked
 * at one several times. Both by its own {@code /metrics}, which is asked through the API server.
 *
 * <p>Nobody else holds the Lease when it starts. There has to be an EtcdCluster for it to look at;
 * while this measures, nobody looks after the clusters for some seconds at a time.
 */
final class OperatorFootprint {

  private static final String LABEL = "app.kubernetes.io/name";
  private static final String NAME = "requorum";
  private static final int PORT = 8080;
  private static final int LOOKS = 3;
  private static final Duration LIMIT = Duration.ofSeconds(240);
  private static final long GO_OPERATOR_MB = 60;

  private final KubernetesClient client;
  private final String namespace;
  private final List<Long> firstTurnMillis = new ArrayList<>();
  private final List<Long> residentBytes = new ArrayList<>();

  /**
   * @param namespace where the operator is installed
   */
  OperatorFootprint(KubernetesClient client, String namespace) {
    this.client = client;
    this.namespace = namespace;
  }

  /** Starts the operator's pod anew and takes its figures. */
  void measure() {
    scale(0);
    client.leases().inNamespace(namespace).withName(NAME).delete();
    scale(1);
    String metrics =
        Await.untilPresent(
            "%d looks by the operator's new process at a cluster".formatted(LOOKS),
            LIMIT,
            () -> scrape().filter(text -> turns(text) >= LOOKS),
            () -> scrape().orElse("no metrics"));
    firstTurnMillis.add(Math.round(value(metrics, "requorum_first_turn_seconds") * 1e3));
    residentBytes.add(Math.round(value(metrics, "process_resident_memory_bytes")));
  }

  /** The last run's figures. */
  @Override
  public String toString() {
    int last = firstTurnMillis.size() - 1;
    return String.format(
        Locale.ROOT,
        "first decision after %.1f s, %.0f MB resident",
        firstTurnMillis.get(last) / 1e3,
        residentBytes.get(last) / 1e6);
  }

  /** The figures of all runs, in the form of {@link Figures}; memory in MB, that is 10^6 bytes. */
  String summary() {
    List<Long> sorted = residentBytes.stream().sorted().toList();
    return new Figures("operator, start to first decision", firstTurnMillis)
        + String.format(
            Locale.ROOT,
            "%n%-34s %7.0f MB %6.0f MB %6.0f MB   the Go operator's: %d MB",
            "operator, resident memory",
            sorted.get(0) / 1e6,
            sorted.get(sorted.size() / 2) / 1e6,
            sorted.get(sorted.size() - 1) / 1e6,
            GO_OPERATOR_MB);
  }

  private void scale(int replicas) {
    client.apps().deployments().inNamespace(namespace).withName(NAME).scale(replicas);
    Await.until(
        "%d pods of the operator".formatted(replicas),
        LIMIT,
        () -> pods().size() == replicas,
        this::pods);
  }

  private List<Pod> pods() {
    return client.pods().inNamespace(namespace).withLabel(LABEL, NAME).list().getItems();
  }

  private Optional<String> scrape() {
    try {
      return pods().stream()
          .findFirst()
          .map(
              pod ->
                  "/api/v1/namespaces/%s/pods/%s:%d/proxy/metrics"
                      .formatted(namespace, pod.getMetadata().getName(), PORT))
          .map(client::raw);
    } catch (KubernetesClientException notYet) {
      return Optional.empty();
    }
  }

  private static double turns(String metrics) {
    return values(metrics, "requorum_turns_total").stream().mapToDouble(Double::doubleValue).sum();
  }

  private static double value(String metrics, String name) {
    return values(metrics, name).stream()
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("the operator does not tell " + name));
  }

  private static List<Double> values(String metrics, String name) {
    return Pattern.compile("(?m)^%s(?:\\{.*})? (\\S+)$".formatted(name))
        .matcher(metrics)
        .results()
        .map(match -> Double.valueOf(match.group(1)))
        .toList();
  }
}
