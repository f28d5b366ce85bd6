package dev.requorum.e2e.bench;

import dev.requorum.ports.etcd.MemberEndpoint;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** One etcd process on the loopback interface, with no operator around it. */
final class BareMember {

  private static final int FIRST_PORT = 22379;

  private final Path binary;
  private final Path directory;
  private final String name;
  private final int port;
  private Process process;

  BareMember(Path binary, Path parent, int ordinal) {
    this.binary = binary;
    this.name = "bare-" + ordinal;
    this.directory = parent.resolve(name);
    this.port = FIRST_PORT + 10 * ordinal;
  }

  String name() {
    return name;
  }

  URI peerUrl() {
    return URI.create("http://127.0.0.1:" + (port + 1));
  }

  MemberEndpoint endpoint() {
    return new MemberEndpoint(name, URI.create("http://127.0.0.1:" + port));
  }

  /** Starts it with an empty or a former disk. */
  void start(String initialCluster, String state, String... more) {
    List<String> command = new ArrayList<>(List.of(binary.toString(), "--name=" + name));
    command.add("--data-dir=" + directory);
    command.add("--listen-client-urls=" + endpoint().clientUrl());
    command.add("--advertise-client-urls=" + endpoint().clientUrl());
    command.add("--listen-peer-urls=" + peerUrl());
    command.add("--initial-advertise-peer-urls=" + peerUrl());
    command.add("--initial-cluster=" + initialCluster);
    command.add("--initial-cluster-state=" + state);
    command.addAll(List.of(more));
    try {
      process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  String initialCluster() {
    return name + "=" + peerUrl();
  }

  /** Ends it as Kubernetes would, and waits. */
  void stop() {
    process.destroy();
    process.onExit().join();
  }

  /** Ends it at once and removes its disk, as far as there are any. */
  void killAndLoseDisk() {
    if (process != null) {
      process.destroyForcibly().onExit().join();
    }
    if (Files.notExists(directory)) {
      return;
    }
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
