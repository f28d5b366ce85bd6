package dev.requorum.e2e.histories;

import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * What happens in one history. A seed gives the same plan on every machine; when each thing
 * happens, and with it the history, it does not give.
 *
 * @param size how many members there are; all but one are lost
 * @param version of etcd
 * @param inPlace whether it is rebuilt with {@code --force-new-cluster} instead of a restore
 */
public record HistoryPlan(
    long seed, int size, String version, boolean inPlace, Loss loss, Workload workload) {

  private static final String VERSION = "3.6.16";

  /** It has a bug that forbids a rebuild in place. */
  private static final String OLDER_VERSION = "3.5.21";

  /** How members are lost. */
  enum Manner {
    /** Pods and claims are deleted, again and again. */
    GONE,
    /** Processes are killed and kept from starting; their volumes stay. */
    DOWN
  }

  /**
   * The loss of all members but one.
   *
   * @param survivor its ordinal
   * @param behind whether the survivor is cut off from the others before, while these go on
   * @param seen whether the operator sees that the survivor is behind, before the loss
   * @param writesBehind how many acknowledged writes it has no part in, at least, where it is
   */
  record Loss(int survivor, Manner manner, boolean behind, boolean seen, int writesBehind) {

    Loss {
      Objects.requireNonNull(manner, "manner");
      if (seen && !behind) {
        throw new IllegalArgumentException("nobody can see that it is behind where it is not");
      }
    }

    @Override
    public String toString() {
      String before = "in touch with the others to the end";
      if (behind) {
        before = seen ? "behind, as the operator has seen" : "behind";
      }
      return "survivor %d %s, the others %s"
          .formatted(survivor, before, manner.name().toLowerCase(Locale.ROOT));
    }
  }

  /**
   * What the clients do.
   *
   * @param clients how many there are at a time
   * @param registers how many keys they all write to
   * @param writesBefore how many writes are acknowledged at least before anything happens
   */
  record Workload(int clients, int registers, int writesBefore) {

    Workload {
      if (clients < 1 || registers < 1) {
        throw new IllegalArgumentException(
            "there must be a client and a register, not %d and %d".formatted(clients, registers));
      }
    }

    @Override
    public String toString() {
      return "%d clients, %d registers".formatted(clients, registers);
    }
  }

  public HistoryPlan {
    Objects.requireNonNull(version, "version");
    Objects.requireNonNull(workload, "workload");
    if (loss.survivor() < 0 || loss.survivor() >= size) {
      throw new IllegalArgumentException(
          "survivor must be 0 to %d, not %d".formatted(size - 1, loss.survivor()));
    }
    if (loss.behind() && size - 1 < size / 2 + 1) {
      throw new IllegalArgumentException("without one of %d nobody goes on".formatted(size));
    }
  }

  /**
   * The plan that this seed gives. One of five has two members, of which none can go on alone: what
   * was lost has an upper bound there, where the survivor led.
   */
  public static HistoryPlan of(long seed) {
    Random random = random(seed);
    int size = random.nextInt(5) == 0 ? 2 : 3;
    boolean older = random.nextInt(4) == 0;
    boolean inPlace = random.nextInt(3) == 0;
    boolean behind = random.nextInt(3) != 0 && size > 2;
    Loss loss =
        new Loss(
            random.nextInt(size),
            random.nextBoolean() ? Manner.GONE : Manner.DOWN,
            behind,
            random.nextBoolean() && behind,
            10 + random.nextInt(30));
    Workload workload =
        new Workload(3 + random.nextInt(4), 2 + random.nextInt(3), 40 + random.nextInt(60));
    String version = older && !inPlace ? OLDER_VERSION : VERSION;
    return new HistoryPlan(seed, size, version, inPlace, loss, workload);
  }

  /** A plan of three members to be rebuilt in place from this one, for a scenario of its own. */
  public static HistoryPlan inPlaceFrom(int survivor) {
    return new HistoryPlan(
        1,
        3,
        VERSION,
        true,
        new Loss(survivor, Manner.DOWN, false, false, 0),
        new Workload(6, 3, 0));
  }

  /** Where seeds are neighbours, its numbers are not alike, as they are by Random alone. */
  static Random random(long seed) {
    return new Random(seed * 0x9E3779B97F4A7C15L);
  }

  List<Integer> lost() {
    return IntStream.range(0, size).filter(ordinal -> ordinal != loss.survivor()).boxed().toList();
  }

  @Override
  public String toString() {
    return "%d members of etcd %s, %s, %s; %s"
        .formatted(size, version, loss, inPlace ? "ForceNewCluster" : "Restore", workload);
  }
}
