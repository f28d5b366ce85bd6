package dev.requorum.operator.explain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.requorum.ports.Reason;
import dev.requorum.ports.etcd.ClusterId;
import dev.requorum.ports.etcd.MemberId;
import dev.requorum.ports.record.DataLoss;
import dev.requorum.ports.record.Incident;
import dev.requorum.ports.record.LastSeen;
import dev.requorum.ports.record.LossBounds;
import dev.requorum.ports.record.Missing;
import dev.requorum.ports.record.Step;
import dev.requorum.ports.record.Strategy;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("Of a quorum that is lost, explain")
class IncidentExplanationTest {

  private static final int LONGEST = 25;

  @ParameterizedTest(name = "gracePeriod {0}, downGracePeriod {1}, a missing member {2}: {3}")
  @CsvSource(
      delimiter = '|',
      nullValues = "none",
      value = {
        "none | none | GONE        | for 60 s without interruption (spec.recovery.gracePeriod); 41 s are over"
            + " | 2026-11-25T03:50:18Z (in 18 s)",
        "90s  | none | GONE        | for 90 s without interruption (spec.recovery.gracePeriod); 41 s are over"
            + " | 2026-11-25T03:50:48Z (in 48 s)",
        "none | 12m  | DOWN        | for 12m without interruption (spec.recovery.downGracePeriod, since demo-2"
            + " may come back with its volume); 41 s are over | 2026-11-25T04:01:18Z (in 11m18s)",
        "20m  | none | DOWN        | for 20m without interruption (spec.recovery.downGracePeriod, since demo-2"
            + " may come back with its volume); 41 s are over | 2026-11-25T04:09:18Z (in 19m18s)",
        "25h  | none | GONE        | for 24h without interruption (spec.recovery.gracePeriod); 41 s are over"
            + " | 2026-11-26T03:49:18Z (in 23h59m18s)",
      })
  @DisplayName("says which window runs, how much of it is over, and when it ends")
  void window(String grace, String down, Missing missing, String window, String end) {
    Losses loss = Losses.detecting().missing(2, missing, "because");

    assertThat(said(Reports.ofThree().windows(grace, down).incident(loss.incident())))
        .contains("The loss has to be seen " + window, "Until " + end + " at the earliest");
  }

  @Test
  @DisplayName("credits the next look with no more than the operator does, however late it comes")
  void lateLook() {
    Losses late = Losses.detecting().lastLook("2026-11-25T03:49:40Z");

    // 41 of 60 s are over, and the look that is due adds 5 s, not 20
    assertThat(said(Reports.ofThree().incident(late.incident())))
        .contains("Until 2026-11-25T03:50:14Z (in 14 s) at the earliest");
  }

  @Test
  @DisplayName("calls the end unknown where the operator has not looked for half a minute")
  void nobodyLooks() {
    Losses unwatched = Losses.detecting().lastLook("2026-11-25T03:49:20Z");

    assertThat(said(Reports.ofThree().incident(unwatched.incident())))
        .contains(
            "Until Unknown, while nobody looks: 19 s of looking are left.",
            "The operator has not looked since 2026-11-25T03:49:20Z (40 s ago)",
            "See whether the operator runs");
  }

  @Test
  @DisplayName("is not confused by an operator whose clock is ahead")
  void clockAhead() {
    Losses ahead = Losses.detecting().lastLook("2026-11-25T03:50:07Z");

    assertThat(said(Reports.ofThree().incident(ahead.incident())))
        .contains("Until 2026-11-25T03:50:26Z (in 26 s) at the earliest");
  }

  @ParameterizedTest
  @EnumSource(names = "WAITING_GRACE_PERIOD", mode = EnumSource.Mode.EXCLUDE)
  @DisplayName(
      "says for each reason that can hold it the operator's own words, what they mean and what to"
          + " do")
  void held(Reason reason) {
    Losses loss =
        Losses.detecting().observed(Duration.ofSeconds(61)).because(reason, "this is why");
    ReasonTable.Row row = ReasonTable.shipped().row(reason);

    String said = said(Reports.ofThree().incident(loss.incident()));

    assertThat(said)
        .contains("It does not act: this is why (" + reason.word() + ")")
        .containsIgnoringCase("that means: " + row.meaning())
        .contains("the loss was seen for long enough (60 s)", "Until No time is set")
        .doesNotContain("`", "](");
    row.toDo().ifPresent(toDo -> assertThat(said).containsIgnoringCase("To do " + toDo));
  }

  static Stream<Arguments> steps() {
    return Stream.concat(
        numbered(
            Strategy.FORCE_NEW_CLUSTER,
            Step.FENCE,
            Step.PRESERVE,
            Step.REWRITE_STATE,
            Step.ARM,
            Step.VERIFY,
            Step.DISARM,
            Step.VERIFY_AGAIN),
        numbered(Strategy.RESTORE, Step.FENCE, Step.STOP, Step.RESTORE, Step.ADOPT, Step.VERIFY));
  }

  private static Stream<Arguments> numbered(Strategy strategy, Step... steps) {
    return IntStream.range(0, steps.length)
        .mapToObj(i -> Arguments.of(strategy, steps[i], "%d of %d".formatted(i + 1, steps.length)));
  }

  @ParameterizedTest(name = "{0}: {1}, {2}")
  @MethodSource("steps")
  @DisplayName(
      "says what each step is for, since when, what it waits for and when it would be late")
  void steps(Strategy strategy, Step step, String number) {
    Losses loss = Losses.rebuilding(step, Reason.FENCING, "waiting for this").planned(strategy, "");

    String said = said(Reports.ofThree().incident(loss.incident()));

    assertThat(said)
        .contains(
            "is being rebuilt from demo-0 since 2026-11-25T03:49:30Z (30 s ago) (attempt 1)",
            "Step %s, %s, since 2026-11-25T03:49:52Z (8 s ago): ".formatted(step.word(), number),
            "(raft term 3, raft index 130, revision 112)",
            "Plan Strategy " + strategy.word(),
            "Waits for This (Fencing)",
            "if it still waits after 2026-11-25T03:54:52Z (in 292 s), RecoveryBlocked says so");
    boolean forced = step.compareTo(Step.VERIFY) >= 0;
    assertThat(said.contains("calls the rebuild off")).isEqualTo(!forced);
    boolean accounted = step.compareTo(Step.VERIFY) > 0;
    assertThat(said.contains("Lost Not known yet. If the rebuild goes through, all that demo-0"))
        .isEqualTo(!accounted);
    assertThat(said.contains("at least 7 revisions are lost")).isEqualTo(accounted);
  }

  @Test
  @DisplayName(
      "says which directory a restore goes into, at which try, and from when on it is kept")
  void restore() {
    Losses loss =
        Losses.rebuilding(Step.ADOPT, Reason.ADOPTING, "starting demo-0")
            .planned(Strategy.RESTORE, "")
            .restoring(2);

    assertThat(said(Reports.ofThree().incident(loss.incident())))
        .contains(
            "It is restored into directory 20261125-034918-0-2 (try 2)",
            "as a new cluster whose revisions are raised by 1000000000",
            "calls the rebuild off");
    assertThat(said(Reports.ofThree().incident(loss.armed().incident())))
        .contains("Then It is carried through")
        .doesNotContain("calls the rebuild off");
  }

  @Test
  @DisplayName("shows the plan that waits for approval, and the command that approves it")
  void approval() {
    Losses loss =
        Losses.detecting()
            .observed(Duration.ofSeconds(61))
            .because(Reason.AWAITING_APPROVAL, "plan 0123456789abcdef: restoring from demo-0")
            .planned(Strategy.RESTORE, "");

    assertThat(said(Reports.ofThree().incident(loss.incident())))
        .contains(
            "Plan Plan 0123456789abcdef: rebuild from demo-0 (raft term 3, raft index 130, revision"
                + " 112).",
            "Strategy Restore: its database (4096 bytes) is restored beside the original",
            "demo-1 was seen at revision 119, and was waited for in vain",
            "kubectl -n etcd annotate etcdcluster demo"
                + " operator.etcd.io/approve-recovery=0123456789abcdef --overwrite");
  }

  @Test
  @DisplayName(
      "says why a plan is by another strategy than was asked for, and asks for no approval")
  void otherStrategy() {
    Losses loss =
        Losses.detecting()
            .observed(Duration.ofSeconds(61))
            .because(Reason.RECOVERY_OFF, "spec.recovery.mode is Never")
            .planned(Strategy.FORCE_NEW_CLUSTER, "not Restore: too old");

    assertThat(said(Reports.ofThree().incident(loss.incident())))
        .contains("Strategy ForceNewCluster: it is started in place", "; not Restore: too old.")
        .contains("(RecoveryOff)", "set another mode")
        .doesNotContain("approve-recovery");
  }

  @Test
  @DisplayName("says until when it cools down, and until when its attempts are exhausted")
  void bounded() {
    Losses waiting = Losses.detecting().observed(Duration.ofSeconds(61)).id("20261125-034930-3");
    Incident[] earlier = {
      Losses.completed().id("1").started("2026-11-25T03:00:00Z").incident(),
      Losses.completed().id("2").started("2026-11-25T03:10:00Z").incident(),
      Losses.completed().id("3").started("2026-11-25T03:49:30Z").incident()
    };

    assertThat(
            said(
                Reports.ofThree()
                    .history(earlier)
                    .incident(waiting.because(Reason.COOLING_DOWN, "too soon").incident())))
        .contains("Until 2026-11-25T03:50:30Z (in 30 s), when the next rebuild may begin");
    assertThat(
            said(
                Reports.ofThree()
                    .history(earlier)
                    .incident(waiting.because(Reason.ATTEMPTS_EXHAUSTED, "too many").incident())))
        .contains("Until 2026-11-25T04:00:00Z (in 600 s), when the next rebuild may begin");
  }

  @Test
  @DisplayName("says of a fresher volume that it is waited for, and until when")
  void fresher() {
    Losses loss =
        Losses.detecting()
            .missing(2, Missing.DOWN, "Pending")
            .because(Reason.FRESHER_VOLUME, "demo-2 was seen at a later revision");

    assertThat(said(Reports.ofThree().incident(loss.incident())))
        .contains(
            "It does not act: demo-2 was seen at a later revision (FresherVolume)",
            "The loss has to be seen for 600 s without interruption",
            "Until 2026-11-25T03:59:18Z (in 558 s) at the earliest");
  }

  @ParameterizedTest(name = "at most {0}")
  @CsvSource(
      delimiter = '|',
      nullValues = "unknown",
      value = {
        "7 | at least 7 and at most 7 revisions",
        "unknown | at least 7 revisions; at most unknown"
      })
  @DisplayName(
      "accounts for a restore: bounds, who was last seen where, ids, bump, and where the original is")
  void account(Long atMost, String bounds) {
    DataLoss loss =
        new DataLoss(
            new MemberId(1),
            112,
            130,
            Losses.STEP,
            new LossBounds(7, atMost == null ? OptionalLong.empty() : OptionalLong.of(atMost)),
            List.of(
                new LastSeen(new MemberId(1), "demo-0", 112, Optional.of(Losses.DETECTED)),
                new LastSeen(new MemberId(2), "demo-1", 0, Optional.empty())),
            Optional.of(new ClusterId(0xa)),
            Optional.of(new ClusterId(0xb)),
            1_000_000_000,
            Optional.of("the top directory of claim etcd-data-demo-0"),
            "It was rebuilt. Decide what has to be done about those writes, then say that.");

    String said =
        said(
            Reports.ofThree()
                .incident(
                    Losses.completed().planned(Strategy.RESTORE, "").account(loss).incident()));

    assertThat(said)
        .contains(
            "It was rebuilt. Retained: revision 112",
            "Lost: " + bounds + ".",
            "Last seen before the loss: demo-0 at revision 112 (2026-11-25T03:49:18Z); demo-1 never.",
            "Cluster id a before, b now; revisions were raised by 1000000000.",
            "The original is at: the top directory of claim etcd-data-demo-0.");
    assertThat(said).containsOnlyOnce("Decide what has to be done");
  }

  @Test
  @DisplayName("says that a survivor that was lost in time is let go, and that nothing is lost yet")
  void released() {
    Losses loss = Losses.rebuilding(Step.RELEASE, Reason.SURVIVOR_LOST, "running all voters again");

    assertThat(said(Reports.ofThree().incident(loss.incident())))
        .contains(
            "Step Release, since 2026-11-25T03:49:52Z (8 s ago): demo-0 was let go before anything was"
                + " forced",
            "Then The loss is observed anew for the window, and a member is chosen anew",
            "Lost Nothing so far");
  }

  @Test
  @DisplayName("says from when on a rebuild may have been forced")
  void armed() {
    Losses loss = Losses.rebuilding(Step.ARM, Reason.ARMING, "restarting demo-0").armed();

    assertThat(said(Reports.ofThree().incident(loss.incident())))
        .contains("The flag was set at 2026-11-25T03:49:30Z; unless a quorum comes back")
        .doesNotContain("calls the rebuild off");
  }

  @Test
  @DisplayName("says since when a rebuild is held, and why")
  void heldRebuild() {
    Losses loss =
        Losses.rebuilding(Step.PRESERVE, Reason.SURVIVOR_NOT_HEALTHY, "demo-0 does not answer");

    assertThat(
            said(
                Reports.ofThree()
                    .incident(loss.incident())
                    .condition("RecoveryBlocked", "True", "SurvivorNotHealthy", "no matter")))
        .contains(
            "held since 2026-11-25T03:49:00Z (RecoveryBlocked)",
            "That means: the survivor does not answer, or somebody else does in its place",
            "Look at its pod and its logs");
  }

  @Test
  @DisplayName("says that the survivor serves, who is being added, and what was lost")
  void scalingOut() {
    Losses loss =
        Losses.scalingOut(Reason.LEARNER_CATCHING_UP, "demo-1 is at 10 of 130 of the leader's log");

    assertThat(said(Reports.ofThree().incident(loss.incident())))
        .contains(
            "demo-0 serves again, and clients may write",
            "added back one at a time",
            "demo-1 is at 10 of 130 of the leader's log (LearnerCatchingUp)",
            "at least 7 revisions are lost",
            "acknowledge-data-loss=20261125-034918-0");
  }

  @Test
  @DisplayName("says what keeps the operator from looking or acting, which the record does not")
  void trouble() {
    assertThat(
            said(
                Reports.ofThree()
                    .incident(Losses.detecting().incident())
                    .condition("Progressing", "Unknown", "PortFailed", "list pods: timed out")))
        .contains(
            "It did not succeed: list pods: timed out (PortFailed)",
            "see to the network, the API server");
  }

  @Test
  @DisplayName("keeps to what fits on a screen")
  void fits() {
    List<Losses> all =
        List.of(
            Losses.detecting(),
            Losses.rebuilding(Step.ARM, Reason.ARMING, "restarting"),
            Losses.scalingOut(Reason.PROMOTING, "promoting demo-1"),
            Losses.completed());
    assertThat(all)
        .allSatisfy(
            loss ->
                assertThat(Reports.healthy().incident(loss.incident()).explained().lines())
                    .hasSizeLessThanOrEqualTo(LONGEST));
  }

  @Test
  @DisplayName("says the same for the same object and time, whenever it is asked")
  void pure() throws NotAClusterException {
    ReportedCluster cluster =
        ReportedCluster.parse(Reports.ofThree().incident(Losses.detecting().incident()).yaml());
    Instant then = Instant.parse("2027-01-01T00:00:00Z");

    assertThat(Explanation.of(cluster, then, ReasonTable.shipped()))
        .isEqualTo(Explanation.of(cluster, then, ReasonTable.shipped()))
        .first()
        .isEqualTo("EtcdCluster etcd/demo, as of 2027-01-01T00:00:00Z");
  }

  private static String said(Reports reports) {
    return reports.explained().replaceAll("\\s+", " ");
  }
}
