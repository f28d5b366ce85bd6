package dev.requorum.e2e.histories;

import dev.requorum.e2e.scenario.BundleDirectory;
import dev.requorum.e2e.scenario.TestCluster;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Supplier;

/** What a history leaves for whoever looks into it: a directory for its seed. */
public final class HistoryBundle {

  private final Path directory;
  private final HistoryPlan plan;
  private final TestCluster cluster;
  private final Supplier<String> operatorLog;

  /**
   * @param parent takes the directory
   * @param operatorLog what the operator printed
   */
  public HistoryBundle(
      Path parent, HistoryPlan plan, TestCluster cluster, Supplier<String> operatorLog) {
    this.directory = parent.resolve("seed-" + plan.seed()).toAbsolutePath();
    this.plan = plan;
    this.cluster = cluster;
    this.operatorLog = operatorLog;
  }

  public Path directory() {
    return directory;
  }

  /** Where the history is to be written. */
  public Path history() {
    return directory.resolve("history.jsonl");
  }

  /** Adds all else: seed and plan, what does not hold, the EtcdCluster, the operator's log. */
  public void keep(String failure) {
    BundleDirectory parts = new BundleDirectory(directory);
    parts.write("seed.txt", () -> "%d%n%s%n".formatted(plan.seed(), plan));
    parts.write("failure.txt", () -> failure);
    parts.write("etcdcluster.yaml", () -> Serialization.asYaml(cluster.stored()));
    parts.write("operator.log", operatorLog);
  }

  /** Leaves nothing. */
  public void discard() {
    try {
      Files.deleteIfExists(history());
      Files.deleteIfExists(directory);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
