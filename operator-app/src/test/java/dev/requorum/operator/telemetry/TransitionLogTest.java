package dev.requorum.operator.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.encoder.JsonEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.requorum.core.Action;
import dev.requorum.core.Decision;
import dev.requorum.core.Observation;
import dev.requorum.core.engine.TurnListener;
import dev.requorum.ports.ClusterGoal;
import dev.requorum.ports.ClusterRef;
import dev.requorum.ports.Fact;
import dev.requorum.ports.Reason;
import dev.requorum.ports.etcd.EtcdView;
import dev.requorum.ports.kubernetes.WorkloadView;
import dev.requorum.ports.record.RecoveryRecord;
import dev.requorum.ports.record.SampleRecords;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

@DisplayName("What is told of a turn")
class TransitionLogTest {

  private static final ClusterRef CLUSTER = new ClusterRef("test", "demo");

  private final Logger logger = (Logger) LoggerFactory.getLogger("dev.requorum.recovery");
  private final ListAppender<ILoggingEvent> lines = new ListAppender<>();

  @BeforeEach
  void listen() {
    lines.start();
    logger.addAppender(lines);
  }

  @AfterEach
  void stopListening() {
    logger.detachAppender(lines);
  }

  @Test
  @Tag("S10")
  @DisplayName("Each transition is one line with cluster, phase, reason and attempt as fields")
  void transition() throws IOException {
    new TransitionLog()
        .recorded(observation(), SampleRecords.detecting(), decision(SampleRecords.rebuilding()));

    assertThat(lines.list).hasSize(1);
    assertThat(fields(lines.list.get(0)))
        .containsEntry("cluster", "test/demo")
        .containsEntry("phaseBefore", "Detecting")
        .containsEntry("phase", "Rebuilding")
        .containsEntry("reason", "RecoveryStarted")
        .containsEntry("attempt", Integer.toString(SampleRecords.rebuilding().attempts()));
    assertThat(json(lines.list.get(0)).get("kvpList").toString()).contains("\"phase\":");
  }

  @Test
  @Tag("S10")
  @DisplayName("A turn in which nothing changes is no line")
  void noTransition() {
    new TransitionLog()
        .recorded(observation(), SampleRecords.detecting(), decision(SampleRecords.detecting()));
    new TransitionLog()
        .acted(observation(), SampleRecords.detecting(), decision(SampleRecords.detecting()));

    assertThat(lines.list).isEmpty();
  }

  @Test
  @DisplayName("The metrics show phase, attempts, time since the loss, rebuilds and recoveries")
  void metrics() {
    OperatorMetrics metrics =
        new OperatorMetrics(
            InstantSource.fixed(
                SampleRecords.rebuilding().incident().orElseThrow().detectedAt().plusSeconds(90)));

    metrics.recorded(observation(), RecoveryRecord.empty(), decision(SampleRecords.rebuilding()));
    assertThat(metrics.scrape(Set.of(CLUSTER)))
        .contains(
            "requorum_recovery_phase{name=\"demo\",namespace=\"test\",phase=\"Rebuilding\"} 1.0")
        .contains(
            "requorum_recovery_phase{name=\"demo\",namespace=\"test\",phase=\"Detecting\"} 0.0")
        .contains("requorum_recovery_loss_seconds{name=\"demo\",namespace=\"test\"} 90.0")
        .contains("requorum_rebuilds_started_total{name=\"demo\",namespace=\"test\"} 1.0");

    metrics.recorded(
        observation(), SampleRecords.scalingOut(), decision(SampleRecords.completed()));
    assertThat(metrics.scrape(Set.of(CLUSTER)))
        .contains("requorum_recoveries_total{name=\"demo\",namespace=\"test\"} 1.0")
        .contains("requorum_recovery_loss_seconds{name=\"demo\",namespace=\"test\"} 0.0");

    assertThat(metrics.scrape(Set.of())).doesNotContain("name=\"demo\"");
  }

  @Test
  @DisplayName("Metrics tell what the process takes: memory, and time until its first turn")
  void process() {
    OperatorMetrics metrics = new OperatorMetrics(InstantSource.system());
    assertThat(metrics.scrape(Set.of()))
        .containsPattern("(?m)^process_resident_memory_bytes \\d")
        .doesNotContain("requorum_first_turn_seconds");

    metrics.decided(observation(), RecoveryRecord.empty(), decision(RecoveryRecord.empty()));
    String first = line(metrics.scrape(Set.of()), "requorum_first_turn_seconds ");
    metrics.decided(observation(), RecoveryRecord.empty(), decision(RecoveryRecord.empty()));

    assertThat(first).containsPattern(" \\d");
    assertThat(line(metrics.scrape(Set.of()), "requorum_first_turn_seconds ")).isEqualTo(first);
  }

  private static String line(String text, String start) {
    return text.lines().filter(line -> line.startsWith(start)).findFirst().orElse("");
  }

  @Test
  @DisplayName("Listeners are called in their order, and one that throws ends the turn there")
  void order() {
    StringBuilder calls = new StringBuilder();
    TurnListener one = listener(() -> calls.append("one "));
    TurnListener two = listener(() -> calls.append("two "));

    TurnListeners both = new TurnListeners(List.of(one, two));
    both.recorded(observation(), RecoveryRecord.empty(), decision(RecoveryRecord.empty()));

    assertThat(calls).hasToString("one two ");
  }

  private static TurnListener listener(Runnable call) {
    return new TurnListener() {
      @Override
      public void recorded(Observation seen, RecoveryRecord before, Decision decision) {
        call.run();
      }
    };
  }

  private static Map<String, String> fields(ILoggingEvent line) {
    return line.getKeyValuePairs().stream()
        .collect(Collectors.toMap(pair -> pair.key, pair -> String.valueOf(pair.value)));
  }

  private static JsonNode json(ILoggingEvent line) throws IOException {
    JsonEncoder encoder = new JsonEncoder();
    encoder.setContext(((Logger) LoggerFactory.getLogger("dev.requorum")).getLoggerContext());
    encoder.start();
    return new ObjectMapper().readTree(encoder.encode(line));
  }

  private static Decision decision(RecoveryRecord next) {
    return new Decision(
        next,
        Action.none(),
        Reason.RECOVERY_STARTED,
        "words",
        false,
        Duration.ofSeconds(1),
        List.of());
  }

  private static Observation observation() {
    return new Observation(
        Instant.parse("2026-01-31T12:00:00Z"),
        new ClusterGoal(CLUSTER, 3, ClusterGoal.Scheme.HTTP, Optional.empty()),
        new WorkloadView(
            Fact.unknown("not looked at"),
            Fact.unknown("not looked at"),
            Fact.unknown("not looked at"),
            Fact.unknown("not looked at"),
            Fact.unknown("not looked at")),
        EtcdView.nothingAsked(),
        Fact.unknown("not looked for"));
  }
}
