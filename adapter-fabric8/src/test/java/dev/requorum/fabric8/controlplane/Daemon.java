package dev.requorum.fabric8.controlplane;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A process of the control plane, which ends when this JVM does, even if that is killed: a shell
 * reads from a pipe that the JVM holds open, and kills the process and deletes its directory at the
 * pipe's end.
 */
final class Daemon implements AutoCloseable {

  private static final String SUPERVISE =
      "d=$1; shift; \"$@\" >\"$d/log\" 2>&1 </dev/null & p=$!; read -r _; kill -9 $p; wait $p;"
          + " rm -rf \"$d\"";

  private final String name;
  private final Path directory;
  private final Process shell;

  /**
   * @param directory the process's own, deleted at the end
   */
  Daemon(Path binary, Path directory, List<String> arguments) {
    this.name = binary.getFileName().toString();
    this.directory = directory;
    List<String> command =
        new ArrayList<>(List.of("sh", "-c", SUPERVISE, "sh", directory.toString()));
    command.add(binary.toString());
    command.addAll(arguments);
    try {
      this.shell =
          new ProcessBuilder(command)
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
    } catch (IOException e) {
      throw new UncheckedIOException("start " + name, e);
    }
  }

  void pause() {
    signal("-STOP");
  }

  void resume() {
    signal("-CONT");
  }

  /** The last lines of its log, for a message. */
  String lastWords() {
    try {
      List<String> lines = Files.readAllLines(directory.resolve("log"));
      List<String> tail = lines.subList(Math.max(0, lines.size() - 15), lines.size());
      return name + " logged:\n" + String.join("\n", tail);
    } catch (IOException e) {
      return name + " has no readable log: " + e.getMessage();
    }
  }

  @Override
  public void close() {
    try {
      shell.getOutputStream().close();
      if (!shell.waitFor(10, TimeUnit.SECONDS)) {
        throw new IllegalStateException(name + " did not end");
      }
    } catch (IOException e) {
      throw new UncheckedIOException("end " + name, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void signal(String signal) {
    String pid =
        shell
            .children()
            .findFirst()
            .map(child -> Long.toString(child.pid()))
            .orElseThrow(() -> new IllegalStateException("ended by itself; " + lastWords()));
    try {
      if (new ProcessBuilder("kill", signal, pid).start().waitFor() != 0) {
        throw new IllegalStateException("cannot send " + signal + " to " + name);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("signal " + name, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
