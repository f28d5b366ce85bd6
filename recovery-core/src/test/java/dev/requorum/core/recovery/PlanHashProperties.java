package dev.requorum.core.recovery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.requorum.core.quorum.Assessment;
import dev.requorum.core.quorum.Health;
import dev.requorum.core.quorum.Verdict;
import dev.requorum.core.quorum.Voter;
import dev.requorum.ports.etcd.MemberId;
import dev.requorum.ports.record.Missing;
import dev.requorum.ports.record.PassedOver;
import dev.requorum.ports.record.RecoveryPlan;
import dev.requorum.ports.record.Strategy;
import dev.requorum.ports.record.Survivor;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tag;
import net.jqwik.api.constraints.IntRange;

@Label("The hash of a plan")
class PlanHashProperties {

  /** All that a plan and its evidence consist of. */
  private record Facts(
      String incident,
      Strategy strategy,
      Survivor survivor,
      long bump,
      List<PassedOver> passedOver,
      List<Missing> missing) {

    private static final int COUNT = 6;

    private Facts with(int which, Facts other) {
      return new Facts(
          which == 0 ? other.incident : incident,
          which == 1 ? other.strategy : strategy,
          which == 2 ? other.survivor : survivor,
          which == 3 ? other.bump : bump,
          which == 4 ? other.passedOver : passedOver,
          which == 5 ? other.missing : missing);
    }

    /** No fact: the bump of a plan that raises nothing, and the order of what is passed over. */
    private Facts asRestedUpon() {
      return new Facts(
          incident,
          strategy,
          survivor,
          strategy == Strategy.RESTORE ? bump : 0,
          passedOver.stream().sorted(Comparator.comparing(PassedOver::id)).toList(),
          missing);
    }

    private RecoveryPlan plan(String why, String detail) {
      RecoveryPolicy policy = RecoveryPolicy.defaults().withLimits(AttemptLimits.defaults(), bump);
      return new PlanDraft(policy, incident)
          .of(survivor, new StrategyChoice(Optional.of(strategy), why), passedOver, loss(detail));
    }

    private Assessment loss(String detail) {
      List<Voter> absent =
          IntStream.range(0, missing.size())
              .mapToObj(
                  i ->
                      new Voter(
                          new MemberId(i),
                          "demo-" + i,
                          Health.MISSING,
                          Optional.empty(),
                          Optional.of(missing.get(i)),
                          detail))
              .toList();
      return new Assessment(Verdict.LOST, absent, Optional.empty(), Optional.empty(), detail);
    }

    private Facts inAnotherOrder() {
      List<PassedOver> reversed = new ArrayList<>(passedOver);
      Collections.reverse(reversed);
      return new Facts(incident, strategy, survivor, bump, reversed, missing);
    }
  }

  @Property
  @Tag("S06")
  @Label(
      "The hash of a plan changes with each fact that it rests upon: the incident, the strategy, the"
          + " survivor and how far it is, the bump, what is passed over, who is missing and how")
  void sensitive(
      @ForAll("facts") Facts facts,
      @ForAll("facts") Facts others,
      @ForAll @IntRange(max = Facts.COUNT - 1) int which) {
    Facts changed = facts.with(which, others);
    assertThat(changed.plan("", "").hash().equals(facts.plan("", "").hash()))
        .isEqualTo(changed.asRestedUpon().equals(facts.asRestedUpon()));
  }

  @Property(tries = 200)
  @Tag("S06")
  @Label("The hash of a plan does not change with anybody's wording, nor with the order of things")
  void stable(@ForAll("facts") Facts facts, @ForAll String why, @ForAll String detail) {
    assertThat(facts.inAnotherOrder().plan(why, detail).hash())
        .isEqualTo(facts.plan("", "").hash())
        .matches("[0-9a-f]{16}");
  }

  @Provide
  Arbitrary<Facts> facts() {
    Arbitrary<Long> few = Arbitraries.longs().between(1, 3);
    Arbitrary<Survivor> survivor =
        Combinators.combine(few, few, few, few)
            .as(
                (id, term, index, revision) ->
                    new Survivor(
                        new MemberId(id), "demo-" + id, id.intValue(), term, index, revision));
    Arbitrary<PassedOver> passedOver =
        Combinators.combine(few, few, few)
            .as((id, uid, rev) -> new PassedOver(new MemberId(id), "demo-" + id, "u" + uid, rev));
    return Combinators.combine(
            Arbitraries.of("i-1", "i-2"),
            Arbitraries.of(Strategy.class),
            survivor,
            few,
            passedOver.list().ofMaxSize(2).uniqueElements(PassedOver::id),
            Arbitraries.of(Missing.class).list().ofMinSize(1).ofMaxSize(3))
        .as(Facts::new);
  }
}
