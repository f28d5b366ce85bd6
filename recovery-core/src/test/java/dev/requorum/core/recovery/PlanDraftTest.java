package dev.requorum.core.recovery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.requorum.core.model.Look;
import dev.requorum.core.quorum.Assessment;
import dev.requorum.core.quorum.Health;
import dev.requorum.core.quorum.Verdict;
import dev.requorum.core.quorum.Voter;
import dev.requorum.ports.record.Missing;
import dev.requorum.ports.record.PassedOver;
import dev.requorum.ports.record.RecoveryPlan;
import dev.requorum.ports.record.Strategy;
import dev.requorum.ports.record.Survivor;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("S06")
@DisplayName("S06: the hash by which a human approves a plan is another where")
class PlanDraftTest {

  private static final Survivor ANSWERED = new Survivor(Look.id(2), Look.name(2), 2, 3, 50, 40);

  private final RecoveryPlan plan = plan("claim-1", Missing.GONE);

  @Test
  @DisplayName("another volume is passed over")
  void passedOver() {
    assertThat(plan("claim-9", Missing.GONE).hash()).isNotEqualTo(plan.hash());
  }

  @Test
  @DisplayName("a member is missing in another way")
  void missing() {
    assertThat(plan("claim-1", Missing.DOWN).hash()).isNotEqualTo(plan.hash());
  }

  @Test
  @DisplayName("the survivor's figures are what it was last seen at")
  void lastSeen() {
    Survivor lastSeen = Survivor.lastSeenAt(Look.id(2), Look.name(2), 2, 40);
    Survivor answered = new Survivor(Look.id(2), Look.name(2), 2, 0, 0, 40);
    assertThat(plan(lastSeen, "claim-1", Missing.GONE).hash())
        .isNotEqualTo(plan(answered, "claim-1", Missing.GONE).hash());
  }

  private static RecoveryPlan plan(String volume, Missing missing) {
    return plan(ANSWERED, volume, missing);
  }

  private static RecoveryPlan plan(Survivor survivor, String volume, Missing missing) {
    Voter absent =
        new Voter(
            Look.id(1),
            Look.name(1),
            Health.MISSING,
            Optional.empty(),
            Optional.of(missing),
            "absent");
    return new PlanDraft(RecoveryPolicy.defaults(), "i-1")
        .of(
            survivor,
            new StrategyChoice(Optional.of(Strategy.RESTORE), ""),
            List.of(new PassedOver(Look.id(1), Look.name(1), volume, 44)),
            new Assessment(
                Verdict.LOST, List.of(absent), Optional.empty(), Optional.empty(), "lost"));
  }
}
