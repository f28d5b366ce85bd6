package dev.requorum.e2e.world;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What can be done to a pod behind Kubernetes' back. It goes by the pod's name, so it outlives the
 * pod; where two pods of that name run, it is about the one that was started last.
 */
public final class WorldPod {
  private final String namespace;
  private final String name;
  private final PodRegistry registry;
  private final WorldOptions options;

  WorldPod(String namespace, String name, PodRegistry registry, WorldOptions options) {
    this.namespace = namespace;
    this.name = name;
    this.registry = registry;
    this.options = options;
  }

  public String namespace() {
    return namespace;
  }

  public String name() {
    return name;
  }

  /** The pod as a party to a cut. */
  public Party party() {
    return Party.pod(namespace, name);
  }

  /** The process of its container, if it runs now. */
  public Optional<WorldProcess> process() {
    return registry.latest(key()).flatMap(PodWorker::process);
  }

  /**
   * Ends its process at once (SIGKILL); its node starts it again. Nothing happens when it doesn't
   * run.
   */
  public void kill() {
    process().ifPresent(WorldProcess::kill);
  }

  /** Stops its process where it is (SIGSTOP). Its sockets stay open and go on taking in data. */
  public void pause() {
    process().ifPresent(WorldProcess::pause);
  }

  public void resume() {
    process().ifPresent(WorldProcess::resume);
  }

  /**
   * Holds back each fsync and fdatasync of its process, where it runs: not those of a successor.
   *
   * @throws WorldException where there is no strace; see {@link SlowDisk#isAvailable}
   */
  public Optional<SlowDisk> slowDisk(Duration delay) {
    return process().map(running -> SlowDisk.of(running, delay, options));
  }

  /**
   * Ends its process at once and keeps it, and those of its successors, from being started. Its
   * volume stays.
   */
  public void hold() {
    registry.hold(key());
    kill();
  }

  /** Lets its process be started again. */
  public void release() {
    registry.release(key());
  }

  /**
   * Its address, which it has from before its first container starts.
   *
   * @throws WorldException when no node runs a pod of that name
   */
  public String address() {
    return host().address();
  }

  /**
   * Runs a command to its end in the pod's network, where the pod's cuts are its own, and returns
   * what it printed.
   *
   * @throws WorldException when the command fails, with what it said, or no node runs a pod of that
   *     name
   */
  public String runInNetwork(List<String> command) {
    List<String> entered = new ArrayList<>(Network.entering(host().name()));
    entered.addAll(command);
    return Command.run("", entered);
  }

  /**
   * Runs a command to its end in the pod's running container, with its root file system but outside
   * of its network, and returns what it printed.
   *
   * @throws WorldException when the command fails, with what it said, or the container doesn't run
   */
  public String runInContainer(List<String> command) {
    WorldProcess running =
        process().orElseThrow(() -> new WorldException("pod %s doesn't run".formatted(key())));
    List<String> entered = new ArrayList<>(List.of("nsenter", "--target", running.id()));
    entered.addAll(List.of("--mount", "--root", "--wd=/", "--"));
    entered.addAll(command);
    return Command.run("", entered);
  }

  /**
   * Runs etcdctl against this member alone and returns what it printed. It comes from outside of
   * the world's cuts, so it reaches a member that is cut off too.
   *
   * @throws WorldException when etcdctl fails, with what it said
   */
  public String etcdctl(String... arguments) {
    List<String> command = new ArrayList<>();
    command.add(options.binaries().newest("etcdctl").toString());
    command.add("--endpoints=http://%s:2379".formatted(address()));
    command.addAll(List.of(arguments));
    return Command.run("", command);
  }

  private PodHost host() {
    return registry
        .latest(key())
        .flatMap(PodWorker::host)
        .orElseThrow(() -> new WorldException("no node runs a pod " + key()));
  }

  private String key() {
    return namespace + "/" + name;
  }
}
