package dev.requorum.e2e.chaos;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * What happens in a round, all of it drawn from one seed. The same seed gives the same plan; when
 * things happen is up to the machine.
 *
 * @param inPlace whether the cluster is rebuilt with {@code --force-new-cluster}
 * @param spared the member whose disk no fault takes; empty where all disks may be lost
 */
record Plan(
    long seed,
    int size,
    String version,
    boolean inPlace,
    Optional<Integer> spared,
    List<Step> steps) {

  private static final int SHORT = 3;
  private static final int LONG = 8;
  private static final List<String> VERSIONS = List.of("3.6.16", "3.6.16", "3.5.21");

  Plan {
    Objects.requireNonNull(version, "version");
    Objects.requireNonNull(spared, "spared");
    steps = List.copyOf(steps);
  }

  /** The plan of a seed, with 3 to 8 faults. */
  static Plan of(long seed) {
    return new Draw(seed).plan(LONG);
  }

  /** The same with 3 faults, of a cluster of three, one disk of which is spared. */
  static Plan shortOne(long seed) {
    return new Draw(seed).plan(SHORT);
  }

  /** Whether its volumes are to have no more room than their claims ask for. */
  boolean hasLimitedVolumes() {
    return steps.stream().anyMatch(step -> step.fault() == Fault.DISKS_FULL);
  }

  /** The same without the steps of these faults. */
  Plan without(List<Fault> faults) {
    return new Plan(
        seed,
        size,
        version,
        inPlace,
        spared,
        steps.stream().filter(step -> !faults.contains(step.fault())).toList());
  }

  @Override
  public String toString() {
    String head =
        "%d members of %s, %s, %s"
            .formatted(
                size,
                version,
                inPlace ? "rebuilt in place" : "restored",
                spared.map(o -> "the disk of " + o + " is spared").orElse("no disk is spared"));
    return head
        + IntStream.range(0, steps.size())
            .mapToObj(i -> "\n  %d. %s".formatted(i + 1, steps.get(i)))
            .collect(Collectors.joining());
  }

  private static final class Draw {
    private final long seed;
    private final Random random;

    private Draw(long seed) {
      this.seed = seed;
      this.random = new Random(seed);
    }

    private Plan plan(int most) {
      int size = most > SHORT && chance(5) ? 5 : 3;
      String version = VERSIONS.get(random.nextInt(VERSIONS.size()));
      boolean inPlace = chance(4);
      Optional<Integer> spared =
          most > SHORT && chance(10) ? Optional.empty() : Optional.of(random.nextInt(size));
      int count = SHORT + random.nextInt(most - SHORT + 1);
      int loss = chance(4) ? count : random.nextInt(count);
      List<Step> steps = new ArrayList<>();
      boolean lost = false;
      for (int i = 0; i < count; i++) {
        Fault fault = i == loss ? Fault.MAJORITY_LOST : fault();
        steps.add(step(fault, size, spared, lost));
        lost |= fault == Fault.MAJORITY_LOST;
      }
      return new Plan(seed, size, version, inPlace, spared, steps);
    }

    private boolean chance(int oneIn) {
      return random.nextInt(oneIn) == 0;
    }

    private Fault fault() {
      int all = Arrays.stream(Fault.values()).mapToInt(Fault::weight).sum();
      int drawn = random.nextInt(all);
      for (Fault fault : Fault.values()) {
        drawn -= fault.weight();
        if (drawn < 0) {
          return fault;
        }
      }
      throw new IllegalStateException("the weights add up to less than " + all);
    }

    private Step step(Fault fault, int size, Optional<Integer> spared, boolean lost) {
      Step.Moment moment =
          lost && !chance(3)
              ? Step.Moment.values()[random.nextInt(Step.Moment.values().length)]
              : Step.Moment.AT_ONCE;
      return new Step(
          fault,
          members(fault.aim(), size, spared),
          moment,
          5 + random.nextInt(40),
          Duration.ofSeconds(1 + random.nextInt(7)),
          random.nextInt(3));
    }

    private List<Integer> members(Fault.Aim aim, int size, Optional<Integer> spared) {
      List<Integer> all = new ArrayList<>(IntStream.range(0, size).boxed().toList());
      Collections.shuffle(all, random);
      List<Integer> disks = all.stream().filter(o -> !spared.equals(Optional.of(o))).toList();
      int majority = size / 2 + 1;
      return switch (aim) {
        case NOBODY -> List.of();
        case ANY -> first(all, 1 + random.nextInt(size));
        case MINORITY -> first(all, 1 + random.nextInt(majority - 1));
        case DISK -> first(disks, 1);
        case MAJORITY_OF_DISKS ->
            first(disks, majority + random.nextInt(disks.size() - majority + 1));
      };
    }

    private static List<Integer> first(List<Integer> members, int count) {
      return members.stream().limit(count).sorted().toList();
    }
  }
}
