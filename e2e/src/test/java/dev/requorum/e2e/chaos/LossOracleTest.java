package dev.requorum.e2e.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("What was promised is held against what is there and what was reported")
class LossOracleTest {

  private static final Instant AT = Instant.parse("2026-01-01T00:00:00Z");
  private static final String BEFORE = "a1";
  private static final String AFTER = "b2";

  /** Acknowledged at revisions 2 to 5 before the loss; the last was kept by nobody else. */
  private static final List<Attempt> WRITES =
      List.of(promised("k2", 2), promised("k3", 3), promised("k4", 4), promised("k5", 5));

  @Test
  @DisplayName("nothing is wrong where nothing is gone")
  void nothingGone() {
    assertThat(new LossOracle(WRITES, Set.of("k2", "k3", "k4", "k5"), List.of()).violations())
        .isEmpty();
  }

  @Test
  @DisplayName("an acknowledged write that is gone without any report is told")
  void goneWithoutReport() {
    assertThat(new LossOracle(WRITES, Set.of("k2", "k3", "k4"), List.of()).violations())
        .singleElement()
        .asString()
        .contains("k5", "outside of every reported loss");
  }

  @Test
  @DisplayName("one that is within the bounds of the reported loss is not")
  void withinTheBounds() {
    assertThat(violations(Set.of("k2", "k3", "k4"), loss(4, 1, OptionalLong.of(1)))).isEmpty();
    assertThat(violations(Set.of("k2", "k3", "k4"), loss(4, 0, OptionalLong.empty()))).isEmpty();
  }

  @Test
  @DisplayName("one at a revision that was reported as retained is told")
  void retainedButGone() {
    assertThat(violations(Set.of("k2", "k3"), loss(4, 1, OptionalLong.of(1))))
        .anyMatch(violation -> violation.contains("k4"));
  }

  @Test
  @DisplayName("one of the cluster after the loss is told")
  void goneAfterwards() {
    Attempt later =
        new Attempt("later", AT.plusSeconds(9), Optional.of(new Gateway.Accepted(AFTER, 1_000)));
    LossOracle oracle =
        new LossOracle(List.of(later), Set.of(), List.of(loss(4, 0, OptionalLong.empty())));
    assertThat(oracle.violations()).singleElement().asString().contains("later");
  }

  @Test
  @DisplayName("more gone than the upper bound says is told")
  void moreThanAtMost() {
    assertThat(violations(Set.of("k2"), loss(2, 1, OptionalLong.of(2))))
        .anyMatch(violation -> violation.contains("3 acknowledged writes are gone, at most 2"));
  }

  @Test
  @DisplayName("a lower bound beyond all that can have been written is told")
  void lessThanAtLeast() {
    assertThat(violations(Set.of("k2", "k3", "k4"), loss(4, 3, OptionalLong.empty())))
        .singleElement()
        .asString()
        .contains("at least 3 lost were reported");
    Attempt unanswered = new Attempt("u", AT, Optional.empty());
    List<Attempt> more = List.of(WRITES.get(3), unanswered, unanswered);
    assertThat(
            new LossOracle(more, Set.of(), List.of(loss(4, 3, OptionalLong.empty()))).violations())
        .isEmpty();
  }

  @Test
  @DisplayName("a write that is there, though its revision was reported as lost, is told")
  void thereThoughLost() {
    assertThat(violations(Set.of("k2", "k3", "k4", "k5"), loss(4, 1, OptionalLong.of(1))))
        .singleElement()
        .asString()
        .contains("k5 is there");
    Loss perhapsMore = loss(4, false, 0, OptionalLong.empty());
    assertThat(violations(Set.of("k2", "k3", "k4", "k5"), perhapsMore)).isEmpty();
    assertThat(violations(Set.of("k2", "k3", "k5"), perhapsMore))
        .singleElement()
        .asString()
        .contains("k4 was acknowledged");
  }

  @Test
  @DisplayName("where the cluster kept its id, what was acknowledged after the loss is not of it")
  void inPlace() {
    Attempt later =
        new Attempt("later", AT.plusSeconds(4), Optional.of(new Gateway.Accepted(BEFORE, 5)));
    Loss inPlace =
        new Loss(
            "incident-1",
            BEFORE,
            BEFORE,
            4,
            true,
            0,
            OptionalLong.of(0),
            AT.plusSeconds(3),
            AT.plusSeconds(5));
    assertThat(new LossOracle(List.of(later), Set.of("later"), List.of(inPlace)).violations())
        .isEmpty();
    assertThat(new LossOracle(List.of(later), Set.of(), List.of(inPlace)).violations())
        .singleElement()
        .asString()
        .contains("later");
  }

  private static List<String> violations(Set<String> present, Loss loss) {
    return new LossOracle(WRITES, present, List.of(loss)).violations();
  }

  private static Attempt promised(String key, long revision) {
    return new Attempt(key, AT, Optional.of(new Gateway.Accepted(BEFORE, revision)));
  }

  private static Loss loss(long retained, long atLeast, OptionalLong atMost) {
    return loss(retained, true, atLeast, atMost);
  }

  private static Loss loss(long retained, boolean exactly, long atLeast, OptionalLong atMost) {
    return new Loss(
        "incident-1",
        BEFORE,
        AFTER,
        retained,
        exactly,
        atLeast,
        atMost,
        AT.plusSeconds(3),
        AT.plusSeconds(5));
  }
}
