package dev.requorum.e2e.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Two clusters that serve at once are found out")
class LineageTest {

  private static final Instant AT = Instant.parse("2026-01-01T00:00:00Z");

  private final Lineage lineage = new Lineage();

  @Test
  @DisplayName(
      "where a member of the former one still serves when it is asked after the new one did")
  void formerServes() {
    assertThat(lineage.take("m0", serving("old"), AT, AT.plusMillis(5))).isEmpty();
    assertThat(lineage.take("m1", serving("new"), AT.plusSeconds(1), AT.plusSeconds(2))).isEmpty();
    assertThat(lineage.take("m0", serving("old"), AT.plusSeconds(3), AT.plusSeconds(3)))
        .hasValueSatisfying(told -> assertThat(told).contains("m0", "old", "new"));
  }

  @Test
  @DisplayName("but not where it was asked before, knows no leader, or is a learner")
  void formerDoesNotServe() {
    lineage.take("m0", serving("old"), AT, AT);
    lineage.take("m1", serving("new"), AT.plusSeconds(1), AT.plusSeconds(2));
    assertThat(lineage.take("m0", serving("old"), AT.plusMillis(1500), AT.plusSeconds(3)))
        .isEmpty();
    assertThat(lineage.take("m0", status("old", "0", false), AT.plusSeconds(5), AT.plusSeconds(5)))
        .isEmpty();
    assertThat(lineage.take("m0", status("old", "1", true), AT.plusSeconds(5), AT.plusSeconds(5)))
        .isEmpty();
    assertThat(lineage.clusters()).isEqualTo(2);
  }

  private static Gateway.Status serving(String cluster) {
    return status(cluster, "1", false);
  }

  private static Gateway.Status status(String cluster, String leader, boolean learner) {
    return new Gateway.Status(cluster, "1", leader, 7, learner);
  }
}
