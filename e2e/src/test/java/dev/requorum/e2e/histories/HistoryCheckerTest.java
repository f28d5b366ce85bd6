package dev.requorum.e2e.histories;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.requorum.e2e.histories.Result.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("The checker of histories, given histories made by hand")
class HistoryCheckerTest {

  private static final Entry LAST = new Entry("k", "e", 1005);
  private static final Entry ONCE = new Entry("once", "c", 4);

  @TempDir Path directory;
  private HistoryChecker checker;

  @BeforeEach
  void find() {
    checker = CheckerThere.orAbort();
  }

  @Test
  @DisplayName("accepts one in which only what the account says is lost, and counts that")
  void acceptsTheWhole() {
    Verdict verdict = check(HandMade.whole().dump("m0", LAST, ONCE).dump("m1", LAST, ONCE));
    assertThat(verdict.failures()).isEmpty();
    assertThat(verdict.holds()).isTrue();
    assertThat(verdict.lost()).isEqualTo(1);
    assertThat(verdict.ok()).isEqualTo(8);
    assertThat(verdict.acknowledgedBefore()).isEqualTo(4);
    assertThat(verdict.acknowledgedAfter()).isEqualTo(1);
  }

  static Stream<Arguments> accepted() {
    return Stream.of(
        Arguments.of(
            "a write of unknown outcome that nobody saw",
            HandMade.whole().ended(Request.put("k", "u"), Outcome.UNKNOWN).dump("m0", LAST, ONCE)),
        Arguments.of(
            "a write of unknown outcome that took effect later",
            HandMade.whole()
                .ended(Request.put("k", "u"), Outcome.UNKNOWN)
                .fresh(Request.get("k"), 1005, "k", "e", 1005)
                .fresh(Request.get("k"), 1006, "k", "u", 1006)
                .dump("m0", new Entry("k", "u", 1006), ONCE)),
        Arguments.of(
            "a swap that found what it wanted, and one that did not",
            HandMade.whole()
                .fresh(Request.swap("k", 1005, "s"), 1006)
                .fresh(Request.swap("k", 1005, "t"), 1006, "k", "s", 1006)
                .dump("m0", new Entry("k", "s", 1006), ONCE)),
        Arguments.of(
            "a lower bound that counts a write of unknown outcome, asked before the loss",
            HandMade.withALoss()
                .ended(Request.put("k", "u"), Outcome.UNKNOWN)
                .bounds(2)
                .recovered()
                .fresh(Request.get("k"), 1004, "k", "b", 3)
                .fresh(Request.put("k", "e"), 1005)
                .dump("m0", LAST, ONCE)),
        Arguments.of(
            "an account that knows no upper bound",
            HandMade.whole().bounds(0).dump("m0", LAST, ONCE)),
        Arguments.of(
            "a rebuild in place, which uses the revisions of what it lost again",
            HandMade.withALoss()
                .inPlace()
                .recovered()
                .fresh(Request.get("k"), 4, "k", "b", 3)
                .fresh(Request.put("k", "e"), 5)
                .dump("m0", new Entry("k", "e", 5), ONCE)));
  }

  @ParameterizedTest(name = "accepts {0}")
  @MethodSource("accepted")
  void accepts(String what, HandMade history) {
    assertThat(check(history).failures()).as(what).isEmpty();
  }

  static Stream<Arguments> refused() {
    return Stream.of(
        Arguments.of(
            "a stale read before the loss",
            new HandMade()
                .old(Request.put("k", "a"), 2)
                .old(Request.put("k", "b"), 3)
                .old(Request.get("k"), 3, "k", "a", 2)
                .old(Request.put("once", "c"), 4)
                .bounds(0)
                .recovered()
                .fresh(Request.put("k", "e"), 1005)
                .fresh(Request.get("k"), 1005, "k", "e", 1005)
                .dump("m0", LAST, ONCE),
            "what was answered before the loss is linearizable",
            3),
        Arguments.of(
            "a stale read after the recovery",
            HandMade.whole().fresh(Request.get("k"), 1005, "k", "b", 3).dump("m0", LAST, ONCE),
            "what was answered after the recovery is linearizable, from what was retained",
            9),
        Arguments.of(
            "a read after the recovery that lacks a retained write",
            HandMade.withALoss()
                .recovered()
                .fresh(Request.get("k"), 1004, "k", "a", 2)
                .fresh(Request.put("k", "e"), 1005)
                .dump("m0", LAST, ONCE),
            "what was answered after the recovery is linearizable, from what was retained",
            6),
        Arguments.of(
            "an acknowledged write that is lost though its revision is retained",
            HandMade.whole().dump("m0", LAST, ONCE).dump("m1", LAST),
            "all that was acknowledged and retained is there, and nothing that is said to be lost",
            4),
        Arguments.of(
            "a write that is there though the account says that it is lost",
            HandMade.withALoss()
                .old(Request.put("twice", "f"), 6)
                .bounds(2, 2L)
                .recovered()
                .fresh(Request.get("k"), 1004, "k", "b", 3)
                .fresh(Request.put("k", "e"), 1005)
                .dump("m0", LAST, ONCE, new Entry("twice", "f", 6)),
            "all that was acknowledged and retained is there, and nothing that is said to be lost",
            6),
        Arguments.of(
            "more lost than the account's upper bound",
            HandMade.whole().bounds(0, 0L).dump("m0", LAST, ONCE),
            "what was lost is within the bounds of the account",
            5),
        Arguments.of(
            "less lost than the account's lower bound",
            HandMade.whole().bounds(2).dump("m0", LAST, ONCE),
            "what was lost is within the bounds of the account",
            0),
        Arguments.of(
            "a lower bound that counts what was asked when the quorum was lost",
            HandMade.whole()
                .ended(Request.put("k", "u"), Outcome.UNKNOWN)
                .bounds(2)
                .dump("m0", LAST, ONCE),
            "what was lost is within the bounds of the account",
            0),
        Arguments.of(
            "a fork: the cluster before accepts a write when the one after has",
            HandMade.whole().old(Request.put("k", "f"), 6).bounds(2).dump("m0", LAST, ONCE),
            "there are never two clusters",
            9),
        Arguments.of(
            "a fork of a rebuild in place: a lost member answers a read",
            HandMade.withALoss()
                .inPlace()
                .recovered()
                .fresh(Request.get("k"), 4, "k", "b", 3)
                .fresh(Request.put("k", "e"), 5)
                .old(Request.get("k"), 5, "k", "d", 5)
                .dump("m0", new Entry("k", "e", 5), ONCE),
            "there are never two clusters",
            8),
        Arguments.of(
            "a revision after the recovery that the cluster before can have had",
            HandMade.withALoss()
                .recovered()
                .fresh(Request.get("k"), 4, "k", "b", 3)
                .fresh(Request.put("k", "e"), 1005)
                .dump("m0", LAST, ONCE),
            "revisions go on after what was retained and the bump",
            6),
        Arguments.of(
            "two writes of one revision",
            HandMade.whole()
                .fresh(Request.put("twice", "f"), 1005)
                .dump("m0", LAST, ONCE, new Entry("twice", "f", 1005)),
            "one revision is one write",
            9),
        Arguments.of(
            "an answer from further back than an earlier one, of another key",
            HandMade.whole().fresh(Request.get("never"), 1004).dump("m0", LAST, ONCE),
            "revisions never go back",
            9),
        Arguments.of(
            "a write that failed for certain and is there",
            HandMade.whole()
                .ended(Request.put("failed", "f"), Outcome.FAILED)
                .dump("m0", LAST, ONCE, new Entry("failed", "f", 1006)),
            "what failed has no effect",
            9),
        Arguments.of(
            "a write of unknown outcome that took effect twice",
            HandMade.whole()
                .ended(Request.put("u", "f"), Outcome.UNKNOWN)
                .fresh(Request.get("u"), 1006, "u", "f", 1006)
                .fresh(Request.get("u"), 1007, "u", "f", 1007)
                .dump("m0", LAST, ONCE, new Entry("u", "f", 1007)),
            "a write takes effect once",
            9),
        Arguments.of(
            "a value that nobody wrote",
            HandMade.whole()
                .fresh(Request.get("x"), 1006, "x", "y", 1006)
                .dump("m0", LAST, ONCE, new Entry("x", "y", 1006)),
            "only what was written is read",
            9),
        Arguments.of(
            "one that proves nothing, since nobody reads after the recovery",
            HandMade.withALoss()
                .recovered()
                .fresh(Request.put("k", "e"), 1005)
                .dump("m0", LAST, ONCE),
            "the history proves something",
            0));
  }

  @ParameterizedTest(name = "refuses {0}")
  @MethodSource("refused")
  void refuses(String what, HandMade history, String claim, int operation) {
    Verdict verdict = check(history);
    assertThat(verdict.holds()).as(what).isFalse();
    assertThat(verdict.failures())
        .as(what)
        .anySatisfy(
            failure -> {
              assertThat(failure.claim()).isEqualTo(claim);
              assertThat(failure.operation()).isEqualTo(operation);
              if (operation > 0) {
                assertThat(failure.says()).contains("operation " + operation + ":");
              }
            });
  }

  @Test
  @DisplayName("does not take what it cannot read for a history that holds, and says where it is")
  void saysWhatItCannotRead() throws IOException {
    Path file = Files.writeString(directory.resolve("damaged"), "{\"type\": \"plan\"}\n{\"type\"");
    assertThatThrownBy(() -> checker.check(file))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("damaged:2");
  }

  private Verdict check(HandMade history) {
    Path file = directory.resolve("history.jsonl");
    history.file().write(file);
    return checker.check(file);
  }
}
