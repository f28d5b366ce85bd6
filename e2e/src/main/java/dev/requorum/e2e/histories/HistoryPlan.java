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
 * @param version of etcd
 * @param survivor its ordinal; all others are lost
 * @param loss how they are lost
 * @param behind whether the survivor is cut off from the others before, while these go on
 * @param seen whether the operator sees that the survivor is behind, before the loss
 * @param inPlace whether it is rebuilt with {@code --force-new-cluster} instead of a restore
 * @param clients how many clients there are at a time
 * @param registers how many keys they all write to
 * @param writesBefore how many acknowledged writes there are at least before anything happens
 * @param writesBehind how many of them the survivor has no part in, at least, where it is behind
 */
public record HistoryPlan(
    long seed,
    String version,
    int survivor,
    Loss loss,
    boolean behind,
    boolean seen,
    boolean inPlace,
    int clients,
    int registers,
    int writesBefore,
    int writesBehind) {

  static final int SIZE = 3;

  /** The etcd that has no bug which forbids a rebuild in place, and one whose restore is tried. */
  private static final String VERSION = "3.6.16";

  private static final String OLDER_VERSION = "3.5.21";

  /** How a majority is lost. */
  public enum Loss {
    /** Pods and claims are deleted, again and again. */
    GONE,
    /** Processes are killed and kept from starting; their volumes stay. */
    DOWN
  }

  public HistoryPlan {
    Objects.requireNonNull(version, "version");
    Objects.requireNonNull(loss, "loss");
    if (survivor < 0 || survivor >= SIZE) {
      throw new IllegalArgumentException("survivor must be 0 to 2, not " + survivor);
    }
    if (clients < 1 || registers < 1) {
      throw new IllegalArgumentException(
          "there must be a client and a register, not %d and %d".formatted(clients, registers));
    }
  }

  /** The plan that this seed gives. */
  public static HistoryPlan of(long seed) {
    Random random = random(seed);
    boolean older = random.nextInt(4) == 0;
    boolean inPlace = random.nextInt(3) == 0;
    boolean behind = random.nextInt(3) != 0;
    return new HistoryPlan(
        seed,
        older && !inPlace ? OLDER_VERSION : VERSION,
        random.nextInt(SIZE),
        random.nextBoolean() ? Loss.GONE : Loss.DOWN,
        behind,
        behind && random.nextBoolean(),
        inPlace,
        3 + random.nextInt(4),
        2 + random.nextInt(3),
        40 + random.nextInt(60),
        10 + random.nextInt(30));
  }

  /** Where the seeds are neighbours, the numbers are not alike, as they are by Random alone. */
  static Random random(long seed) {
    return new Random(seed * 0x9E3779B97F4A7C15L);
  }

  List<Integer> lost() {
    return IntStream.range(0, SIZE).filter(ordinal -> ordinal != survivor).boxed().toList();
  }

  @Override
  public String toString() {
    String before = "in touch with the others to the end";
    if (behind) {
      before = seen ? "behind, as the operator has seen" : "behind";
    }
    return "etcd %s, survivor %d %s, the others %s, %s; %d clients, %d registers"
        .formatted(
            version,
            survivor,
            before,
            loss.name().toLowerCase(Locale.ROOT),
            inPlace ? "ForceNewCluster" : "Restore",
            clients,
            registers);
  }
}
