package dev.requorum.e2e.crash;

import static org.assertj.core.api.Assertions.assertThat;

import dev.requorum.core.engine.Ports;
import dev.requorum.ports.Announcement;
import dev.requorum.ports.ClusterRef;
import dev.requorum.ports.InMemoryPreservation;
import dev.requorum.ports.Outcome;
import dev.requorum.ports.Reason;
import dev.requorum.ports.RecordingAnnouncer;
import dev.requorum.ports.etcd.EtcdView;
import dev.requorum.ports.etcd.MemberEndpoint;
import dev.requorum.ports.etcd.MemberId;
import dev.requorum.ports.etcd.Membership;
import dev.requorum.ports.kubernetes.Restoration;
import dev.requorum.ports.kubernetes.Workload;
import dev.requorum.ports.record.InMemoryRecoveryRecords;
import dev.requorum.ports.record.RecoveryRecord;
import dev.requorum.ports.record.RecoveryRecords.Versioned;
import dev.requorum.ports.record.SampleRecords;
import java.lang.reflect.Proxy;
import java.net.URI;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("Watched ports")
class WatchedPortsTest {

  private static final ClusterRef CLUSTER = new ClusterRef("default", "one");

  private final List<String> told = new ArrayList<>();
  private final InMemoryRecoveryRecords records = new InMemoryRecoveryRecords();
  @TempDir private Path directory;
  private Ports ports;

  @BeforeEach
  void create() {
    records.create(CLUSTER);
    ports = successor();
  }

  private Ports successor() {
    CallLog log = new CallLog(directory, CLUSTER.name());
    return WatchedPorts.of(real(), new Told(), (cluster, call, what) -> log.number(call, what));
  }

  @Test
  @DisplayName("tell of nothing while there is no incident")
  void calm() {
    store(SampleRecords.steady());
    ports.records().load(CLUSTER);
    assertThat(told).isEmpty();
  }

  @Test
  @DisplayName("name a record that is stored by the place that it enters, other calls by the last")
  void places() {
    store(SampleRecords.detecting());
    store(SampleRecords.rebuilding());
    ports.preservation().find(CLUSTER, "i1");
    assertThat(told)
        .containsExactly(
            "begins Detecting records.store",
            "done Detecting records.store",
            "begins Detecting records.load",
            "done Detecting records.load",
            "begins Rebuilding/Preserve records.store",
            "done Rebuilding/Preserve records.store",
            "begins Rebuilding/Preserve preservation.find",
            "done Rebuilding/Preserve preservation.find");
  }

  @Test
  @DisplayName(
      "know the call that is made again from the next of its kind, and a refusal from a success")
  void membership() {
    store(SampleRecords.scalingOut());
    told.clear();
    ports.membership().promote(List.of(), new MemberId(1));
    ports.membership().promote(List.of(), new MemberId(1));
    ports.membership().promote(List.of(), new MemberId(2));
    assertThat(told)
        .containsExactly(
            "begins ScalingOut membership.promote",
            "done ScalingOut membership.promote",
            "begins ScalingOut membership.promote",
            "done ScalingOut membership.promote",
            "begins ScalingOut membership.promote#2");
  }

  @Test
  @DisplayName(
      "number what is asked for alike in every process: the second learner stays the second")
  void acrossProcesses() {
    store(SampleRecords.scalingOut());
    ports.membership().promote(List.of(), new MemberId(1));
    ports = successor();
    ports.records().load(CLUSTER);
    told.clear();
    ports.membership().promote(List.of(), new MemberId(2));
    assertThat(told).containsExactly("begins ScalingOut membership.promote#2");
  }

  @Test
  @DisplayName("tell of what is announced of the incident alone, by its reason")
  void announcements() {
    store(SampleRecords.detecting());
    told.clear();
    ports.announcer().announce(CLUSTER, announcement("pod-1"));
    ports.announcer().announce(CLUSTER, announcement("i1-lost"));
    assertThat(told)
        .containsExactly(
            "begins Detecting announcer.announce(QuorumLost)",
            "done Detecting announcer.announce(QuorumLost)");
  }

  private static Announcement announcement(String key) {
    return new Announcement(key, true, Reason.QUORUM_LOST, "lost", Instant.EPOCH);
  }

  private void store(RecoveryRecord record) {
    Versioned stored = ports.records().load(CLUSTER);
    assertThat(ports.records().store(CLUSTER, record, stored.version())).isPresent();
  }

  private Ports real() {
    return new Ports(
        (Workload)
            Proxy.newProxyInstance(
                WatchedPortsTest.class.getClassLoader(),
                new Class<?>[] {Workload.class},
                (proxy, method, arguments) -> Outcome.done()),
        (endpoints, limits) -> EtcdView.nothingAsked(),
        new FirstAlone(),
        new InMemoryPreservation(),
        Restoration.unavailable(),
        records,
        new RecordingAnnouncer(),
        InstantSource.fixed(Instant.EPOCH));
  }

  /** Refuses all but the first member. */
  private static final class FirstAlone implements Membership {

    @Override
    public Outcome addLearner(List<MemberEndpoint> endpoints, URI peerUrl) {
      return Outcome.done();
    }

    @Override
    public Outcome promote(List<MemberEndpoint> endpoints, MemberId learner) {
      return learner.equals(new MemberId(1)) ? Outcome.done() : Outcome.refused("not in sync");
    }

    @Override
    public Outcome remove(List<MemberEndpoint> endpoints, MemberId member) {
      return Outcome.done();
    }
  }

  private final class Told implements WatchedPorts.Watcher {

    @Override
    public void begins(ClusterRef cluster, PortCall call) {
      assertThat(cluster).isEqualTo(CLUSTER);
      told.add("begins " + call);
    }

    @Override
    public void done(ClusterRef cluster, PortCall call) {
      assertThat(cluster).isEqualTo(CLUSTER);
      told.add("done " + call);
    }
  }
}
