package dev.requorum.e2e.world;

import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * A disk that takes its time: each fsync and fdatasync of a process is held back, by strace's own
 * injection (no other program and no library of the process is changed). All of the process's
 * system calls become a little slower by being watched.
 */
public final class SlowDisk {
  private static final Duration TO_LET_GO = Duration.ofSeconds(10);
  private static final String SYNCS = "fsync,fdatasync";

  private final WorldProcess strace;

  private SlowDisk(WorldProcess strace) {
    this.strace = strace;
  }

  /** Whether this machine has a strace that can do it. */
  public static boolean isAvailable() {
    try {
      Command.run(
          "strace", "-f", "-qq", "-o", "/dev/null", "--inject=fdatasync:delay_enter=1", "true");
      return true;
    } catch (WorldException missing) {
      return false;
    }
  }

  /** Holds back each sync of that process, from when strace has attached itself. */
  static SlowDisk of(WorldProcess process, Duration delay, WorldOptions options) {
    List<String> command =
        List.of(
            "strace",
            "-f",
            "-o",
            "/dev/null",
            "--trace=" + SYNCS,
            "--inject=%s:delay_enter=%d".formatted(SYNCS, delay.toNanos() / 1_000),
            "--attach=" + process.id());
    WorldProcess strace =
        WorldProcess.start(
            command,
            Map.of("PATH", System.getenv("PATH")),
            options.logDirectory().resolve("slow-disk.log"));
    return new SlowDisk(strace);
  }

  /** Lets the process go; its syncs are as fast as before. */
  public void mend() {
    strace.terminate();
    strace.awaitEnd(TO_LET_GO);
  }

  /** Whether strace is still attached; it ends with the process. */
  public boolean isAttached() {
    return strace.isAlive();
  }
}
