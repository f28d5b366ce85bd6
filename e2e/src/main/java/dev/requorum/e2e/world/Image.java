package dev.requorum.e2e.world;

import io.fabric8.kubernetes.api.model.Container;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A container image, as a node has it.
 *
 * @param files its root file system
 * @param entrypoint what a container runs that names no command; may be empty
 * @param arguments what follows the entry point in a container that names no arguments either
 */
record Image(List<Mount> files, List<String> entrypoint, List<String> arguments) {
  Image {
    files = List.copyOf(files);
    entrypoint = List.copyOf(entrypoint);
    arguments = List.copyOf(arguments);
  }

  /** The image of that reference, or nothing where it can't be pulled. */
  static Optional<Image> pull(String reference, Binaries binaries) {
    return EtcdImage.pull(reference, binaries).or(() -> OperatorImage.pull(reference));
  }

  /** What the container runs, with its variables expanded. */
  List<String> commandLine(Container container, Map<String, String> variables) {
    List<String> line = new ArrayList<>(container.getCommand());
    if (line.isEmpty()) {
      line.addAll(entrypoint);
    }
    boolean asIs = container.getCommand().isEmpty() && container.getArgs().isEmpty();
    line.addAll(asIs ? arguments : container.getArgs());
    line.replaceAll(word -> ContainerEnvironment.expand(word, variables));
    return line;
  }
}
