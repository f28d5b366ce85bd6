package dev.requorum.e2e.world;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A process in the world. It ends at the latest with the world. */
public final class WorldProcess {
  private static final Set<Path> BEGUN_LOGS = ConcurrentHashMap.newKeySet();

  private final Process process;
  private final Path log;
  private final long logBefore;

  private WorldProcess(Process process, Path log, long logBefore) {
    this.process = process;
    this.log = log;
    this.logBefore = logBefore;
  }

  /**
   * Starts a command.
   *
   * @param environment the whole of its environment
   * @param log takes what it prints, after what earlier processes of this world printed there
   */
  static WorldProcess start(List<String> command, Map<String, String> environment, Path log) {
    Layout.makeDirectory(log.getParent());
    boolean first = BEGUN_LOGS.add(log);
    long logBefore = first ? 0 : log.toFile().length();
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(first ? Redirect.to(log.toFile()) : Redirect.appendTo(log.toFile()))
            .redirectInput(Path.of("/dev/null").toFile());
    builder.environment().clear();
    builder.environment().putAll(environment);
    try {
      return new WorldProcess(builder.start(), log, logBefore);
    } catch (IOException e) {
      throw new WorldException("can't start '%s'".formatted(String.join(" ", command)), e);
    }
  }

  String id() {
    return String.valueOf(process.pid());
  }

  public boolean isAlive() {
    return process.isAlive();
  }

  /** Ends the process at once (SIGKILL) and returns when it has ended. */
  public void kill() {
    process.destroyForcibly();
    awaitEnd(Duration.ofSeconds(10));
  }

  /** Asks the process to end (SIGTERM); does not wait for it. */
  public void terminate() {
    process.destroy();
  }

  /**
   * Stops the process where it is (SIGSTOP) until {@link #resume}. Its sockets stay open and go on
   * taking in data.
   */
  public void pause() {
    signal("STOP");
  }

  public void resume() {
    signal("CONT");
  }

  /**
   * Waits for the process's end and returns its exit status; for one that a signal ended, 128 and
   * the signal's number.
   */
  public int awaitEnd(Duration limit) {
    try {
      return ended().get(limit.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      throw new WorldException("the process did not end within " + limit, e);
    } catch (ExecutionException e) {
      throw new IllegalStateException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new WorldException("interrupted while waiting for a process", e);
    }
  }

  /** Completes with the exit status. */
  CompletableFuture<Integer> ended() {
    return process.onExit().thenApply(Process::exitValue);
  }

  public Path logFile() {
    return log;
  }

  /** What it has printed up to now, with what earlier runs under the same name printed. */
  public String log() {
    try {
      return Files.readString(log);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The end of what it has printed itself up to now, of so many bytes at most. */
  String logTail(int bytes) {
    try {
      byte[] all = Files.readAllBytes(log);
      int begin = Math.max((int) logBefore, all.length - bytes);
      return new String(all, begin, all.length - begin, StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void signal(String name) {
    Command.run("sh", "-c", "kill -%s %d".formatted(name, process.pid()));
  }
}
