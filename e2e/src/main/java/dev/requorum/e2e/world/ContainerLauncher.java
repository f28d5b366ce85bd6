package dev.requorum.e2e.world;

import io.fabric8.kubernetes.api.model.Container;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Starts a pod's containers as processes in the pod's network and each in a root file system of its
 * own.
 */
final class ContainerLauncher {
  private final Binaries binaries;
  private final String host;
  private final Path logs;

  /**
   * @param host the pod's host on the network
   * @param logs where the containers' logs go, one file NAME.log for each
   */
  ContainerLauncher(Binaries binaries, String host, Path logs) {
    this.binaries = binaries;
    this.host = host;
    this.logs = logs;
  }

  WorldProcess launch(Container container, Map<String, String> variables, List<Mount> mounts)
      throws CannotStartException {
    Image image =
        Image.pull(container.getImage(), binaries)
            .orElseThrow(
                () ->
                    new CannotStartException(
                        "ErrImagePull",
                        "no such image in this world: \"%s\"".formatted(container.getImage())));
    List<String> command = new ArrayList<>(Network.entering(host));
    command.addAll(List.of("unshare", "-m", "--", "sh"));
    command.add(Layout.scripts().resolve("container.sh").toString());
    command.add(System.getenv("PATH"));
    command.add(Layout.makeDirectory(Layout.POD_ROOTS.resolve(host)).toString());
    for (List<Mount> each : List.of(image.files(), mounts)) {
      each.forEach(mount -> command.addAll(List.of(mount.source().toString(), mount.target())));
      command.add("--");
    }
    command.addAll(image.commandLine(container, variables));
    return WorldProcess.start(command, variables, logs.resolve(container.getName() + ".log"));
  }
}
