package dev.requorum.e2e.crash;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * The calls that a cluster's operators made, from the first to the last, in a file that outlives
 * them; and beside it the points at which one of them is to die, once each.
 */
public final class CallLog {

  private static final String TAB = "\t";

  /** What became of a call. */
  public enum Kind {
    BEGINS,
    DONE
  }

  /**
   * One line of it.
   *
   * @param process which of the operators
   */
  public record Entry(long process, Kind kind, PortCall call) {

    private static Entry parse(String line) {
      String[] parts = line.split(TAB);
      PortCall call = new PortCall(parts[2], parts[3], parts[4], Integer.parseInt(parts[5]));
      return new Entry(Long.parseLong(parts[0]), Kind.valueOf(parts[1]), call);
    }

    private String line() {
      return String.join(
              TAB,
              String.valueOf(process),
              kind.name(),
              call.place(),
              call.port(),
              call.method(),
              String.valueOf(call.number()))
          + "\n";
    }

    @Override
    public String toString() {
      return "%d %s %s".formatted(process, kind.name().toLowerCase(Locale.ROOT), call);
    }
  }

  private final Path calls;
  private final Path armed;
  private final Path asked;

  /**
   * @param directory where the logs of all clusters of a namespace are
   */
  public CallLog(Path directory, String cluster) {
    this.calls = directory.resolve(cluster + ".calls");
    this.armed = directory.resolve(cluster + ".armed");
    this.asked = directory.resolve(cluster + ".asked");
  }

  /** From now on, the operator dies at each of these points, once. */
  public void arm(List<CrashPoint> points) {
    write(armed, points.stream().map(point -> point + "\n").collect(Collectors.joining()));
  }

  /** Those of these points at which nobody died. */
  public List<CrashPoint> left(List<CrashPoint> points) {
    List<String> left = lines(armed);
    return points.stream().filter(point -> left.contains(point.toString())).toList();
  }

  /** Whether this is a point at which to die; it is none any more then. */
  boolean disarm(CrashPoint point) {
    List<String> left = new ArrayList<>(lines(armed));
    if (!left.remove(point.toString())) {
      return false;
    }
    try {
      Files.write(armed, left);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return true;
  }

  /**
   * Which of the things that are asked for by this call this is, from 1, in the order in which they
   * were asked for first, by whichever operator.
   */
  int number(String call, String what) {
    String thing = call + TAB + Integer.toHexString(what.hashCode());
    List<String> things =
        lines(asked).stream().filter(line -> line.startsWith(call + TAB)).toList();
    if (!things.contains(thing)) {
      write(asked, thing + "\n");
      return things.size() + 1;
    }
    return things.indexOf(thing) + 1;
  }

  /** Adds a call of this process. */
  void add(Kind kind, PortCall call) {
    write(calls, new Entry(ProcessHandle.current().pid(), kind, call).line());
  }

  /** All that is there; nothing where there is no file yet. */
  public List<Entry> entries() {
    return lines(calls).stream().map(Entry::parse).toList();
  }

  /** Where the recovery stands by the last call; empty where there is none. */
  String place() {
    List<String> all = lines(calls);
    return all.isEmpty() ? "" : Entry.parse(all.get(all.size() - 1)).call().place();
  }

  /** How many operators are in it. */
  long operators() {
    return entries().stream().mapToLong(Entry::process).distinct().count();
  }

  private static List<String> lines(Path file) {
    try {
      return Files.exists(file) ? Files.readAllLines(file) : List.of();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void write(Path file, String text) {
    try {
      Files.writeString(file, text, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
