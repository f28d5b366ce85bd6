package dev.requorum.e2e.chaos;

import dev.requorum.e2e.scenario.OperatorHandle;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * An operator that is started again whenever its process has ended, as a Deployment would; it ends
 * itself where it loses its Lease.
 */
final class KeptOperator implements AutoCloseable {

  private static final long MILLIS_BETWEEN_LOOKS = 250;

  private final OperatorHandle operator;
  private final ScheduledExecutorService keeper = Executors.newSingleThreadScheduledExecutor();
  private boolean held;

  KeptOperator(OperatorHandle operator) {
    this.operator = operator;
    keeper.scheduleWithFixedDelay(
        this::keep, MILLIS_BETWEEN_LOOKS, MILLIS_BETWEEN_LOOKS, TimeUnit.MILLISECONDS);
  }

  private synchronized void keep() {
    try {
      if (!held) {
        operator.start();
      }
    } catch (KubernetesClientException busy) {
      // It needs a token of the API server's to start with; the next look is soon.
    }
  }

  /** Ends its process at once; none follows before {@link #release}. */
  synchronized void holdDown() {
    held = true;
    operator.kill();
  }

  synchronized void release() {
    held = false;
    keep();
  }

  synchronized boolean isAlive() {
    return operator.isAlive();
  }

  String log() {
    return operator.log();
  }

  @Override
  public void close() {
    keeper.shutdownNow();
    synchronized (this) {
      held = true;
      operator.close();
    }
  }
}
