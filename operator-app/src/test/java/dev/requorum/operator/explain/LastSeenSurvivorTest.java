package dev.requorum.operator.explain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.requorum.ports.Reason;
import dev.requorum.ports.record.Step;
import dev.requorum.ports.record.Strategy;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Of a survivor that could not be asked, explain")
class LastSeenSurvivorTest {

  @Test
  @DisplayName("says in the plan that its revision is what it was last seen at")
  void planned() {
    Losses loss =
        Losses.detecting()
            .because(Reason.AWAITING_APPROVAL, "this is why")
            .lastSeen()
            .planned(Strategy.RESTORE, "");

    assertThat(said(loss)).contains("rebuild from demo-0 (last seen at revision 112)");
  }

  @Test
  @DisplayName("says while it is rebuilt why nobody asked it, and promises no exact figure")
  void rebuilding() {
    Losses loss =
        Losses.rebuilding(Step.STOP, Reason.STOPPING, "waiting for this")
            .lastSeen()
            .planned(Strategy.RESTORE, "");

    assertThat(said(loss))
        .contains(
            " was the only member left; it was restarted without a quorum",
            "(last seen at revision 112)",
            "all that demo-0 (last seen at revision 112) has not seen is lost")
        .doesNotContain("raft index");
  }

  private static String said(Losses loss) {
    return Reports.ofThree().incident(loss.incident()).explained().replaceAll("\\s+", " ");
  }
}
