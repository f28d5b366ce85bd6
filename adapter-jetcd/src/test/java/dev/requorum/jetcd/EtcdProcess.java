package dev.requorum.jetcd;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** One etcd member as a process of ours, on loopback, with a data directory that outlives it. */
final class EtcdProcess {

  /** Our end of its input closes with us, however we end, and etcd is killed then. */
  private static final String UNTIL_INPUT_ENDS = "\"$@\" & cat; kill -9 $!; wait";

  private static final int KILL_SECONDS_MAX = 10;

  private final String name;
  private final Path directory;
  private final URI clientUrl = URI.create("http://127.0.0.1:" + freePort());
  private final URI peerUrl = URI.create("http://127.0.0.1:" + freePort());
  private Optional<Process> process = Optional.empty();

  EtcdProcess(String name, Path clusterDirectory) {
    this.name = name;
    this.directory = clusterDirectory.resolve(name);
  }

  String name() {
    return name;
  }

  URI clientUrl() {
    return clientUrl;
  }

  URI peerUrl() {
    return peerUrl;
  }

  boolean hasData() {
    return Files.exists(directory.resolve("data"));
  }

  void start(String initialCluster, String state, List<String> options) {
    try {
      Files.createDirectories(directory);
      ProcessBuilder command =
          new ProcessBuilder(
              "sh",
              "-c",
              UNTIL_INPUT_ENDS,
              "etcd",
              EtcdBinary.find().toString(),
              "--name=" + name,
              "--data-dir=" + directory.resolve("data"),
              "--listen-client-urls=" + clientUrl,
              "--advertise-client-urls=" + clientUrl,
              "--listen-peer-urls=" + peerUrl,
              "--initial-advertise-peer-urls=" + peerUrl,
              "--initial-cluster=" + initialCluster,
              "--initial-cluster-state=" + state,
              "--unsafe-no-fsync",
              "--log-level=warn");
      command.command().addAll(options);
      command.redirectErrorStream(true);
      command.redirectOutput(ProcessBuilder.Redirect.appendTo(log().toFile()));
      process = Optional.of(command.start());
    } catch (IOException e) {
      throw new UncheckedIOException("start etcd " + name, e);
    }
  }

  /** Ends it with SIGKILL, and returns when it has ended. */
  void kill() {
    process.ifPresent(
        running -> {
          try {
            running.getOutputStream().close();
            if (!running.waitFor(KILL_SECONDS_MAX, TimeUnit.SECONDS)) {
              throw new IllegalStateException("etcd " + name + " outlives SIGKILL");
            }
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          } catch (IOException e) {
            throw new UncheckedIOException("kill etcd " + name, e);
          }
        });
  }

  /** Stops it with SIGSTOP, until it is killed. */
  void hang() {
    process
        .orElseThrow()
        .children()
        .filter(child -> child.info().command().filter(c -> c.contains("/etcd-")).isPresent())
        .forEach(etcd -> signal("STOP", etcd.pid()));
  }

  private static void signal(String signal, long pid) {
    try {
      int code = new ProcessBuilder("kill", "-" + signal, Long.toString(pid)).start().waitFor();
      if (code != 0) {
        throw new IllegalStateException("kill -" + signal + " " + pid + " ends with " + code);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (IOException e) {
      throw new UncheckedIOException("send SIG" + signal, e);
    }
  }

  String describe() {
    try {
      List<String> lines = Files.exists(log()) ? Files.readAllLines(log()) : List.of();
      List<String> tail = lines.subList(Math.max(0, lines.size() - 5), lines.size());
      return name + " " + tail;
    } catch (IOException e) {
      throw new UncheckedIOException("read the log of etcd " + name, e);
    }
  }

  private Path log() {
    return directory.resolve("log");
  }

  /** A port nobody listens on. It may be taken between now and its use; that is the test's risk. */
  static int freePort() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException("find a free port", e);
    }
  }
}
