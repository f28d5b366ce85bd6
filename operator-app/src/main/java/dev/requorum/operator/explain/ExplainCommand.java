package dev.requorum.operator.explain;

import dev.requorum.operator.config.InvalidConfigException;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Supplier;

/**
 * {@code explain}: prints what can be told of a cluster from its EtcdCluster object. Changes
 * nothing, and needs no right but to get that object.
 */
public final class ExplainCommand {

  /** How it is called. */
  public static final String USAGE = Arguments.USAGE;

  /** It was explained. */
  public static final int EXPLAINED = 0;

  /** What was to be explained could not be read. */
  public static final int UNREAD = 1;

  /** The arguments cannot be understood. */
  public static final int MISUSED = 2;

  private final Supplier<KubernetesClient> client;
  private final InstantSource clock;
  private final InputStream in;
  private final PrintStream out;
  private final PrintStream err;

  /**
   * @param client made only where the API server is to be asked
   * @param err what went wrong; nothing else
   */
  public ExplainCommand(
      Supplier<KubernetesClient> client,
      InstantSource clock,
      InputStream in,
      PrintStream out,
      PrintStream err) {
    this.client = client;
    this.clock = clock;
    this.in = in;
    this.out = out;
    this.err = err;
  }

  /**
   * @param words the arguments after {@code explain}
   * @return the process's exit code
   */
  public int run(List<String> words) {
    try {
      Arguments arguments = Arguments.of(words);
      ReportedCluster cluster = read(arguments);
      Instant at = arguments.at().orElseGet(clock::instant);
      Explanation.of(cluster, at, ReasonTable.shipped()).forEach(out::println);
      return EXPLAINED;
    } catch (Arguments.MisusedException e) {
      err.println("explain: " + e.getMessage());
      err.print(USAGE);
      return MISUSED;
    } catch (UnreadException | InvalidConfigException e) {
      err.println("explain: " + e.getMessage());
      return UNREAD;
    }
  }

  private ReportedCluster read(Arguments arguments) throws UnreadException {
    String source =
        arguments.file().map(file -> file.equals("-") ? "the standard input" : file).orElse("it");
    try {
      return ReportedCluster.parse(
          arguments.file().isPresent() ? file(arguments.file().get()) : live(arguments));
    } catch (NotAClusterException e) {
      throw new UnreadException("%s cannot be explained: %s".formatted(source, e.getMessage()), e);
    }
  }

  private String file(String name) throws UnreadException {
    try {
      return name.equals("-")
          ? new String(in.readAllBytes(), StandardCharsets.UTF_8)
          : Files.readString(Path.of(name));
    } catch (IOException | InvalidPathException e) {
      throw new UnreadException("%s cannot be read: %s".formatted(name, e), e);
    }
  }

  private String live(Arguments arguments) throws UnreadException {
    try (KubernetesClient connected = client.get()) {
      return new LiveObject(connected).json(arguments.namespace(), arguments.name().orElseThrow());
    }
  }
}
