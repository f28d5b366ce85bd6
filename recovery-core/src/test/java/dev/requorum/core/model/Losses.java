package dev.requorum.core.model;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Provide;
import net.jqwik.api.domains.DomainContextBase;

/** Losses of a majority with at least one survivor, in clusters of 2 to 9. */
public final class Losses extends DomainContextBase {

  @Provide
  public Arbitrary<Loss> losses() {
    return Arbitraries.integers().between(2, 9).flatMap(Losses::ofSize);
  }

  /** Each loss of two out of three, both dead in one way. */
  public static List<Loss> ofTwoOutOfThree() {
    return IntStream.range(0, 3)
        .boxed()
        .flatMap(
            survivor -> {
              Set<Integer> lost = new LinkedHashSet<>(Set.of(0, 1, 2));
              lost.remove(survivor);
              return List.of(
                  new Loss(3, lost, Set.of(), Set.of()), new Loss(3, Set.of(), lost, Set.of()))
                  .stream();
            })
        .toList();
  }

  private static Arbitrary<Loss> ofSize(int size) {
    Arbitrary<List<Integer>> order = Arbitraries.shuffle(IntStream.range(0, size).boxed().toList());
    Arbitrary<Integer> lost = Arbitraries.integers().between(size - (size / 2 + 1) + 1, size - 1);
    Arbitrary<Integer> goneOfThem = Arbitraries.integers().between(0, size);
    Arbitrary<Boolean> laggard = Arbitraries.of(true, false);
    return Combinators.combine(order, lost, goneOfThem, laggard)
        .as(
            (ordinals, lostCount, goneCount, lag) -> {
              int gone = Math.min(lostCount, goneCount);
              List<Integer> left = ordinals.subList(lostCount, size);
              boolean behind = lag && left.size() > 1 && size > 3;
              return new Loss(
                  size,
                  Set.copyOf(ordinals.subList(0, gone)),
                  Set.copyOf(ordinals.subList(gone, lostCount)),
                  behind ? Set.of(left.get(0)) : Set.of());
            });
  }
}
