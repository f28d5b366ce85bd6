package dev.requorum.core.quorum;

import static org.assertj.core.api.Assertions.assertThat;

import dev.requorum.core.model.Answers;
import dev.requorum.core.model.Look;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;
import net.jqwik.api.Tag;
import net.jqwik.api.constraints.IntRange;

@Label("The quorum rule")
class QuorumRuleProperties {

  private static final int LARGEST = 7;

  /** What one voter may look like. */
  private enum Sight {
    FOLLOWS_LEADER,
    LEADERLESS,
    GONE,
    DOWN,
    UNREACHABLE;

    private boolean answers() {
      return this == FOLLOWS_LEADER || this == LEADERLESS;
    }

    private boolean mayBeAlive() {
      return answers() || this == UNREACHABLE;
    }
  }

  @Example
  @Tag("S01")
  @Label(
      "A majority is impossible exactly when no outcome of the unknown voters makes one: every"
          + " assignment of health to up to 7 voters, counted a second time by brute force")
  void majorityImpossible() {
    forEachAssignment(
        Health.values(),
        LARGEST,
        healths ->
            assertThat(QuorumRule.majorityImpossible(healths))
                .as("%s", healths)
                .isEqualTo(!anyLivingSetIsMajority(healths)));
  }

  @Example
  @Tag("S01")
  @Label(
      "A majority is certain exactly when every outcome of the unknown voters makes one: every"
          + " assignment of health to up to 7 voters, counted a second time by brute force")
  void majorityUp() {
    forEachAssignment(
        Health.values(),
        LARGEST,
        healths ->
            assertThat(QuorumRule.majorityUp(healths))
                .as("%s", healths)
                .isEqualTo(isMajority(indexesOf(healths, Health.UP), healths.size())));
  }

  @Example
  @Tag("S01")
  @Tag("S05")
  @Label(
      "The verdict on a look is the one that counting by brute force gives: every assignment of"
          + " {follows the leader, knows no leader, gone, down, unreachable} to up to 6 voters, and"
          + " without the fourth to 7")
  void verdict() {
    forEachAssignment(Sight.values(), LARGEST - 1, QuorumRuleProperties::compareVerdicts);
    forEachAssignment(
        EnumSet.complementOf(EnumSet.of(Sight.DOWN)).toArray(Sight[]::new),
        LARGEST,
        QuorumRuleProperties::compareVerdicts);
  }

  @Property
  @Tag("S01")
  @Label("Two majorities of the same voters always have a voter in common, sizes 1 to 9")
  void majoritiesOverlap(@ForAll @IntRange(min = 1, max = 9) int voters) {
    assertThat(2 * QuorumRule.majority(voters)).isGreaterThan(voters);
    assertThat(2 * (QuorumRule.majority(voters) - 1)).isLessThanOrEqualTo(voters);
  }

  private static void compareVerdicts(List<Sight> sights) {
    Verdict verdict = verdictOn(sights);
    if (verdict != bruteForceVerdict(sights)) {
      throw new AssertionError("%s: %s".formatted(sights, verdict));
    }
  }

  private static Verdict verdictOn(List<Sight> sights) {
    Look look = Look.healthy(sights.size()).leaderless();
    int leader = sights.indexOf(Sight.FOLLOWS_LEADER);
    for (int ordinal = 0; ordinal < sights.size(); ordinal++) {
      switch (sights.get(ordinal)) {
        case FOLLOWS_LEADER -> look.answer(ordinal, Answers.leader(Optional.of(Look.id(leader))));
        case LEADERLESS -> look.answer(ordinal, Answers.leader(Optional.empty()));
        case GONE -> look.gone(ordinal);
        case DOWN -> look.down(ordinal);
        case UNREACHABLE -> look.unreachable(ordinal);
      }
    }
    return QuorumAssessor.assess(look.seen(), look.lastKnown()).verdict();
  }

  private static Verdict bruteForceVerdict(List<Sight> sights) {
    if (isMajority(indexesOf(sights, Sight.FOLLOWS_LEADER), sights.size())) {
      return Verdict.QUORATE;
    }
    List<Integer> alive =
        IntStream.range(0, sights.size()).filter(i -> sights.get(i).mayBeAlive()).boxed().toList();
    return subsets(alive).stream().noneMatch(set -> isMajority(set, sights.size()))
        ? Verdict.LOST
        : Verdict.UNDETERMINED;
  }

  private static boolean anyLivingSetIsMajority(List<Health> healths) {
    List<Integer> alive = new ArrayList<>(indexesOf(healths, Health.UP));
    alive.addAll(indexesOf(healths, Health.UNKNOWN));
    return subsets(alive).stream().anyMatch(set -> isMajority(set, healths.size()));
  }

  /** Slow and plain: more members inside than outside. */
  private static boolean isMajority(List<Integer> set, int voters) {
    int outside = 0;
    for (int voter = 0; voter < voters; voter++) {
      if (!set.contains(voter)) {
        outside++;
      }
    }
    return set.size() > outside;
  }

  private static <T> List<Integer> indexesOf(List<T> list, T wanted) {
    return IntStream.range(0, list.size()).filter(i -> list.get(i).equals(wanted)).boxed().toList();
  }

  private static List<List<Integer>> subsets(List<Integer> all) {
    List<List<Integer>> subsets = new ArrayList<>(List.of(List.of()));
    for (Integer one : all) {
      for (List<Integer> without : List.copyOf(subsets)) {
        List<Integer> with = new ArrayList<>(without);
        with.add(one);
        subsets.add(with);
      }
    }
    return subsets;
  }

  private static <T> void forEachAssignment(T[] values, int largest, Consumer<List<T>> check) {
    for (int voters = 1; voters <= largest; voters++) {
      long assignments = Math.round(Math.pow(values.length, voters));
      for (long number = 0; number < assignments; number++) {
        List<T> assignment = new ArrayList<>(Collections.nCopies(voters, values[0]));
        long rest = number;
        for (int voter = 0; voter < voters; voter++, rest /= values.length) {
          assignment.set(voter, values[(int) (rest % values.length)]);
        }
        check.accept(assignment);
      }
    }
  }
}
