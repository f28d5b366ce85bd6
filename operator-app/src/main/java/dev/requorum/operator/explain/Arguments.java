package dev.requorum.operator.explain;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What {@code explain} was asked.
 *
 * @param name the cluster to read from the API server; empty where it is read from a file
 * @param namespace the cluster's; empty for the kubeconfig's own
 * @param file the file to read, {@code -} for the standard input; empty where the API server is
 *     asked
 * @param at the time to explain it for; empty for now
 */
record Arguments(
    Optional<String> name,
    Optional<String> namespace,
    Optional<String> file,
    Optional<Instant> at) {

  static final String USAGE =
      """
      usage: explain [-n NAMESPACE] NAME    explains an EtcdCluster of the kubeconfig's cluster
             explain -f FILE|- [--at TIME]  the same from its YAML or JSON, as of now or of a time
                                            such as 2026-01-31T12:00:00Z
      """;

  private static final Pattern OBJECT_NAME =
      Pattern.compile("[a-z0-9]([-a-z0-9.]{0,251}[a-z0-9])?");

  /** They cannot be understood; the message says which. */
  static final class MisusedException extends Exception {
    private static final long serialVersionUID = 1L;

    MisusedException(String message) {
      super(message);
    }
  }

  static Arguments of(List<String> words) throws MisusedException {
    Arguments arguments =
        new Arguments(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
    Deque<String> left = new ArrayDeque<>(words);
    while (!left.isEmpty()) {
      arguments = arguments.with(left.pop(), left);
    }
    if (arguments.name.isPresent() == arguments.file.isPresent()) {
      throw new MisusedException("give either the NAME of an EtcdCluster or -f FILE");
    }
    if (arguments.file.isPresent() && arguments.namespace.isPresent()) {
      throw new MisusedException("-n does not go with -f: the file names the namespace");
    }
    if (arguments.at.isPresent() && arguments.file.isEmpty()) {
      throw new MisusedException("--at goes with -f only: the API server has the object as of now");
    }
    return arguments;
  }

  private Arguments with(String word, Deque<String> left) throws MisusedException {
    return switch (word) {
      case "-n", "--namespace" ->
          new Arguments(name, Optional.of(objectName(value(word, left))), file, at);
      case "-f", "--filename" -> new Arguments(name, namespace, Optional.of(value(word, left)), at);
      case "--at" -> new Arguments(name, namespace, file, Optional.of(time(value(word, left))));
      default -> {
        if (word.startsWith("-")) {
          throw new MisusedException("there is no option " + word);
        }
        if (name.isPresent()) {
          throw new MisusedException("one cluster at a time: %s or %s".formatted(name.get(), word));
        }
        yield new Arguments(Optional.of(objectName(word)), namespace, file, at);
      }
    };
  }

  private static String value(String option, Deque<String> left) throws MisusedException {
    if (left.isEmpty()) {
      throw new MisusedException(option + " needs a value");
    }
    return left.pop();
  }

  private static String objectName(String word) throws MisusedException {
    if (!OBJECT_NAME.matcher(word).matches()) {
      throw new MisusedException("\"%s\" is no name of a Kubernetes object".formatted(word));
    }
    return word;
  }

  private static Instant time(String word) throws MisusedException {
    try {
      return Instant.parse(word);
    } catch (DateTimeException e) {
      throw new MisusedException(
          "--at must be a time such as 2026-01-31T12:00:00Z, not \"%s\"".formatted(word));
    }
  }
}
