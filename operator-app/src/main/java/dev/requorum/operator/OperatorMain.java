package dev.requorum.operator;

import dev.requorum.core.engine.Ports;
import dev.requorum.core.engine.TurnListener;
import dev.requorum.operator.config.InvalidConfigException;
import dev.requorum.operator.config.OperatorConfig;
import dev.requorum.operator.explain.ExplainCommand;
import dev.requorum.operator.objects.DirectoryRemoval;
import dev.requorum.operator.volumes.RemoveDirectoryCommand;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.bridge.SLF4JBridgeHandler;

/**
 * The operator's process. Configured by environment variables ({@link OperatorConfig}); the API
 * server is found as kubectl and pods find it. With the argument {@code explain} it is {@link
 * ExplainCommand} instead, and with {@code remove-directory} {@link RemoveDirectoryCommand}.
 */
public final class OperatorMain {

  private static final String EXPLAIN = "explain";
  private static final Logger LOG = LoggerFactory.getLogger(OperatorMain.class);

  private OperatorMain() {}

  /** Runs until it is told to stop; ends with 1 where it cannot start, with 2 where misused. */
  public static void main(String[] arguments) throws InterruptedException {
    if (arguments.length > 0) {
      System.exit(command(List.of(arguments)));
    }
    SLF4JBridgeHandler.removeHandlersForRootLogger();
    SLF4JBridgeHandler.install();
    if (!run(System.getenv(), TurnListener.none(), UnaryOperator.identity())) {
      System.exit(1);
    }
  }

  private static int command(List<String> arguments) {
    List<String> more = arguments.subList(1, arguments.size());
    return switch (arguments.get(0)) {
      case EXPLAIN -> {
        logNothing();
        yield new ExplainCommand(
                OperatorMain::client, InstantSource.system(), System.in, System.out, System.err)
            .run(more);
      }
      case DirectoryRemoval.COMMAND -> new RemoveDirectoryCommand(System.out, System.err).run(more);
      default -> {
        System.err.printf(
            "%s: no such command. The operator takes no arguments.%n", arguments.get(0));
        System.err.print(ExplainCommand.USAGE);
        yield ExplainCommand.MISUSED;
      }
    };
  }

  /** The operator's log goes to the standard output, which is the explanation's here. */
  private static void logNothing() {
    ((ch.qos.logback.classic.Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME))
        .detachAndStopAllAppenders();
  }

  /**
   * The same with one more listener, and with other ports: for embedding and for tests, which take
   * a safety rule away to show what it is for. Nothing in the environment changes the ports.
   *
   * @param decorate takes the operator's own ports and gives those that the engine reaches the
   *     world through
   * @return false where it could not start; the log says why
   */
  public static boolean run(
      Map<String, String> environment, TurnListener listener, UnaryOperator<Ports> decorate)
      throws InterruptedException {
    RequorumOperator operator;
    try {
      OperatorConfig config = OperatorConfig.of(environment);
      operator = RequorumOperator.start(config, client(), listener, decorate, OperatorMain::halt);
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
