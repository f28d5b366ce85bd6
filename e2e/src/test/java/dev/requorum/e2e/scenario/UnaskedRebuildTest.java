package dev.requorum.e2e.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.requorum.e2e.safety.Rule;
import dev.requorum.ports.RecoveryWish;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What {@link ConsentTest} shows with the rules is shown without them here. */
@DisplayName("A majority that alone has the last writes is down for a while")
@OnAnySite(endsTheOperator = true)
@Tag(Rule.OFF)
class UnaskedRebuildTest {

  @Nested
  @DisplayName("without consent, where the owner wants to be asked")
  class WithoutConsent {

    @RegisterExtension static final Stage STAGE = Stage.without(Rule.CONSENT, "no-consent");

    @Test
    @DisplayName("it is rebuilt though nobody approved it, and has lost what would have come back")
    void nobodyApproved() {
      TestCluster cluster = startedWith(STAGE, "mode: Approve");
      loseTheWrites(STAGE, cluster);
      assertThat(cluster.attempts()).isEqualTo(1);
      assertThat(approval(cluster)).as("the approval").isEmpty();
      assertThat(cluster.condition("DataLossPossible")).isEqualTo("True");
    }

    private static Optional<String> approval(TestCluster cluster) {
      return Optional.ofNullable(cluster.stored().getMetadata().getAnnotations())
          .map(annotations -> annotations.get(RecoveryWish.APPROVED_BY));
    }
  }

  @Nested
  @DisplayName("without bounds, where one rebuild within an hour is allowed")
  class WithoutBounds {

    @RegisterExtension static final Stage STAGE = Stage.without(Rule.BOUNDS, "no-bounds");

    @Test
    @DisplayName("it is rebuilt again and again, and each time has lost what would have come back")
    void againAndAgain() {
      TestCluster cluster = startedWith(STAGE, "maxAttempts: 1");
      loseTheWrites(STAGE, cluster);
      loseTheWrites(STAGE, cluster);
      assertThat(cluster.attempts()).isEqualTo(2);
      assertThat(cluster.stored().getSpec().recovery.maxAttempts).isEqualTo(1);
      assertThat(cluster.recovery().history).hasSize(1);
    }
  }

  private static void loseTheWrites(Stage stage, TestCluster cluster) {
    try (DownForAWhile down = DownForAWhile.begin(stage, cluster)) {
      down.endWithTheWritesGone();
    }
  }

  private static TestCluster startedWith(Stage stage, String setting) {
    TestCluster cluster = stage.cluster("unasked");
    cluster.startWith(ManifestText.with(Stage.manifest("unasked", 3, Stage.VERSION), setting), 3);
    return cluster;
  }
}
