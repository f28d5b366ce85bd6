package dev.requorum.operator;

import dev.requorum.core.engine.TurnListener;
import dev.requorum.operator.config.InvalidConfigException;
import dev.requorum.operator.config.OperatorConfig;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.bridge.SLF4JBridgeHandler;

/**
 * The operator's process. Configured by environment variables ({@link OperatorConfig}); the API
 * server is found as kubectl and pods find it.
 */
public final class OperatorMain {

  private static final Logger LOG = LoggerFactory.getLogger(OperatorMain.class);

  private OperatorMain() {}

  /** Runs until it is told to stop; ends with 1 where it cannot start. */
  public static void main(String[] arguments) throws InterruptedException {
    SLF4JBridgeHandler.removeHandlersForRootLogger();
    SLF4JBridgeHandler.install();
    if (!run(System.getenv(), TurnListener.none())) {
      System.exit(1);
    }
  }

  /**
   * The same with one more listener.
   *
   * @return false where it could not start; the log says why
   */
  public static boolean run(Map<String, String> environment, TurnListener listener)
      throws InterruptedException {
    RequorumOperator operator;
    try {
      OperatorConfig config = OperatorConfig.of(environment);
      operator = RequorumOperator.start(config, client(), listener, OperatorMain::halt);
    } catch (InvalidConfigException | StartFailure e) {
      LOG.error("cannot start: {}", e.getMessage());
      return false;
    }
    CountDownLatch stopped = new CountDownLatch(1);
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(
                () -> {
                  operator.close();
                  stopped.countDown();
                },
                "shutdown"));
    LOG.info("started; /healthz, /readyz and /metrics on port {}", operator.httpPort());
    stopped.await();
    return true;
  }

  /**
   * @throws InvalidConfigException where what KUBECONFIG names cannot be understood
   */
  static KubernetesClient client() {
    try {
      return new KubernetesClientBuilder().build();
    } catch (RuntimeException e) { // the client's YAML parser has exceptions of its own
      // the first line only: further ones quote the file, which may hold a token
      throw new InvalidConfigException(
          "KUBECONFIG must name a readable kubeconfig, where it is set: "
              + Preflight.rootCause(e).lines().findFirst().orElse(""));
    }
  }

  /** At once: a round that is under way must not act on what another process may be changing. */
  private static void halt() {
    LOG.error("the Lease is lost, or no longer renewed; ending at once");
    Runtime.getRuntime().halt(1);
  }
}
