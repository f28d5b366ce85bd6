package dev.requorum.e2e.scenario;

import dev.requorum.fabric8.status.RecoveryStatus;
import dev.requorum.operator.api.EtcdCluster;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Follows a cluster's recovery as it is recorded, transition by transition. A watch that ends is
 * begun again; what came and went meanwhile is not seen.
 */
public final class Timeline implements AutoCloseable {

  /**
   * One transition.
   *
   * @param at when it was seen
   * @param phase empty where there is no recovery
   * @param step empty outside of a rebuild
   */
  public record Entry(Instant at, String phase, String step, String reason, String message) {

    private boolean sameAs(Entry other) {
      return phase.equals(other.phase) && step.equals(other.step) && reason.equals(other.reason);
    }
  }

  private final List<Entry> entries = new ArrayList<>();
  private final Consumer<Entry> listener;
  private final SharedIndexInformer<EtcdCluster> informer;

  private Timeline(TestCluster cluster, Consumer<Entry> listener) {
    this.listener = listener;
    this.informer =
        cluster
            .client()
            .resources(EtcdCluster.class)
            .inNamespace(cluster.namespace())
            .withName(cluster.name())
            .runnableInformer(0)
            .addEventHandler(new Follower())
            .exceptionHandler((started, failure) -> true);
    informer.run();
  }

  /** Follows from now on; the listener is called once for each transition. */
  public static Timeline follow(TestCluster cluster, Consumer<Entry> listener) {
    return new Timeline(cluster, listener);
  }

  /** What happened up to now. */
  public synchronized List<Entry> entries() {
    return List.copyOf(entries);
  }

  private synchronized void seen(EtcdCluster cluster) {
    RecoveryStatus recovery =
        Optional.ofNullable(cluster.getStatus())
            .map(status -> status.recovery)
            .orElseGet(RecoveryStatus::new);
    Entry entry =
        new Entry(
            Instant.now(),
            Objects.requireNonNullElse(recovery.phase, ""),
            Objects.requireNonNullElse(recovery.step, ""),
            Objects.requireNonNullElse(recovery.reason, ""),
            Objects.requireNonNullElse(recovery.message, ""));
    boolean isNew =
        entries.isEmpty()
            ? !entry.phase().isEmpty()
            : !entries.get(entries.size() - 1).sameAs(entry);
    if (isNew) {
      entries.add(entry);
      listener.accept(entry);
    }
  }

  @Override
  public void close() {
    informer.close();
  }

  private final class Follower implements ResourceEventHandler<EtcdCluster> {
    @Override
    public void onAdd(EtcdCluster cluster) {
      seen(cluster);
    }

    @Override
    public void onUpdate(EtcdCluster before, EtcdCluster cluster) {
      seen(cluster);
    }

    @Override
    public void onDelete(EtcdCluster cluster, boolean finalStateUnknown) {
      // A cluster that is gone has no transition.
    }
  }
}
