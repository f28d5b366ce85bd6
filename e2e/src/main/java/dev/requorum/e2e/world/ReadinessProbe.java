package dev.requorum.e2e.world;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerPort;
import io.fabric8.kubernetes.api.model.HTTPGetAction;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.Probe;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.time.Duration;
import java.util.function.Consumer;

/** Asks a running container again and again, by HTTP at its pod's address, whether it is ready. */
final class ReadinessProbe implements AutoCloseable {
  private final Probe probe;
  private final URI target;
  private final Consumer<Boolean> verdict;
  private final Signal signal = new Signal();
  private volatile boolean closed;

  private ReadinessProbe(Probe probe, URI target, Consumer<Boolean> verdict) {
    this.probe = probe;
    this.target = target;
    this.verdict = verdict;
  }

  /**
   * Starts probing a container that has just been started.
   *
   * @param verdict told each time it changes; without a probe it is true at once and for ever
   */
  static ReadinessProbe start(Container container, String address, Consumer<Boolean> verdict)
      throws CannotStartException {
    Probe probe = container.getReadinessProbe();
    if (probe == null) {
      verdict.accept(true);
      return new ReadinessProbe(new Probe(), URI.create("http://unused"), verdict);
    }
    if (probe.getHttpGet() == null || "HTTPS".equals(probe.getHttpGet().getScheme())) {
      throw CannotStartException.badConfiguration(
          "readinessProbe of %s: this world's nodes know httpGet by HTTP only"
              .formatted(container.getName()));
    }
    ReadinessProbe started =
        new ReadinessProbe(probe, target(probe.getHttpGet(), container, address), verdict);
    Thread thread = new Thread(started::run, "readiness " + started.target);
    thread.setDaemon(true);
    thread.start();
    return started;
  }

  private static URI target(HTTPGetAction action, Container container, String address)
      throws CannotStartException {
    String path = action.getPath() == null ? "/" : action.getPath();
    return URI.create("http://%s:%d%s".formatted(address, port(action, container), path));
  }

  private static int port(HTTPGetAction action, Container container) throws CannotStartException {
    IntOrString port = action.getPort();
    if (port.getIntVal() != null) {
      return port.getIntVal();
    }
    return container.getPorts().stream()
        .filter(named -> port.getStrVal().equals(named.getName()))
        .findFirst()
        .map(ContainerPort::getContainerPort)
        .orElseThrow(
            () ->
                CannotStartException.badConfiguration(
                    "no port of %s is named %s".formatted(container.getName(), port.getStrVal())));
  }

  private void run() {
    int failureThreshold = orElse(probe.getFailureThreshold(), 3);
    int successThreshold = orElse(probe.getSuccessThreshold(), 1);
    Duration period = Duration.ofSeconds(orElse(probe.getPeriodSeconds(), 10));
    boolean ready = false;
    int against = 0;
    signal.await(() -> closed, Duration.ofSeconds(orElse(probe.getInitialDelaySeconds(), 0)));
    while (!closed) {
      against = succeeds() == ready ? 0 : against + 1;
      if (against >= (ready ? failureThreshold : successThreshold)) {
        ready = !ready;
        against = 0;
        report(ready);
      }
      signal.await(() -> closed, period);
    }
  }

  private synchronized void report(boolean ready) {
    if (!closed) {
      verdict.accept(ready);
    }
  }

  private boolean succeeds() {
    int timeout = 1000 * orElse(probe.getTimeoutSeconds(), 1);
    try {
      HttpURLConnection connection = (HttpURLConnection) target.toURL().openConnection();
      connection.setConnectTimeout(timeout);
      connection.setReadTimeout(timeout);
      connection.setInstanceFollowRedirects(false);
      connection.setRequestProperty("Connection", "close");
      try {
        int code = connection.getResponseCode();
        return code >= 200 && code < 400;
      } finally {
        connection.disconnect();
      }
    } catch (IOException e) {
      return false;
    }
  }

  private static int orElse(Integer value, int otherwise) {
    return value == null ? otherwise : value;
  }

  /** Stops probing. There is no verdict after this has returned. */
  @Override
  public void close() {
    synchronized (this) {
      closed = true;
    }
    signal.raise();
  }
}
