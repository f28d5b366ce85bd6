package dev.requorum.jetcd;

import static dev.requorum.ports.etcd.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.UnixOperatingSystemMXBean;
import dev.requorum.ports.PortFailure;
import dev.requorum.ports.etcd.EtcdView;
import dev.requorum.ports.etcd.MemberEndpoint;
import dev.requorum.ports.etcd.MemberProbe;
import dev.requorum.ports.etcd.ProbeLimits;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Connections and threads are not leaked")
class EtcdChannelsTest {

  private static final int ROUNDS = 500;
  private static final ProbeLimits LIMITS =
      new ProbeLimits(Duration.ofSeconds(5), Duration.ofSeconds(5));
  private static final ProbeLimits SHORT =
      new ProbeLimits(Duration.ofMillis(20), Duration.ofMillis(20));
  private static final Duration WAIT_MAX = Duration.ofSeconds(20);

  @Test
  @DisplayName("500 looks, at the living and the dead, leave no connection and two threads")
  void looks() throws IOException {
    try (EtcdProcesses cluster = EtcdProcesses.healthy(1);
        DeadAddresses dead = new DeadAddresses();
        OrphanedChannels orphans = new OrphanedChannels()) {
      List<MemberEndpoint> living = List.of(cluster.endpoint("m0"), dead.refusing("refusing"));
      List<MemberEndpoint> dying = List.of(dead.silent("silent"), dead.blackHole("black-hole"));
      MemberProbe probe = cluster.probe();
      probe.probe(living, LIMITS);
      long descriptorsBefore = openDescriptors();

      for (int i = 0; i < ROUNDS; i++) {
        EtcdView view = probe.probe(living, LIMITS);
        assertThat(view.linearizableMembers().isKnown()).isTrue();
        assertThat(probe.probe(dying, SHORT).status("silent")).isEmpty();
      }

      assertThat(cluster.channels().openChannels()).isZero();
      eventually(
          "no more open files", WAIT_MAX, this::openDescriptors, n -> n <= descriptorsBefore);
      assertThat(etcdThreads()).hasSizeBetween(1, 2).allMatch(name -> name.startsWith("etcd-io"));
      orphans.assertNone(cluster);
    }
    eventually("no thread is left", WAIT_MAX, EtcdChannelsTest::etcdThreads, Set::isEmpty);
  }

  @Test
  @DisplayName("Opened and closed 500 times, they leave no thread")
  void openAndClose() {
    try (EtcdProcesses cluster = EtcdProcesses.healthy(1)) {
      List<MemberEndpoint> m0 = cluster.endpoints("m0");
      cluster.channels().close();
      int threadsBefore = Thread.activeCount();
      for (int i = 0; i < ROUNDS; i++) {
        try (EtcdChannels channels = new EtcdChannels()) {
          assertThat(new JetcdMemberProbe(channels).probe(m0, LIMITS).status("m0")).isPresent();
        }
      }
      eventually("no thread is left", WAIT_MAX, EtcdChannelsTest::etcdThreads, Set::isEmpty);
      eventually("as many threads", WAIT_MAX, Thread::activeCount, n -> n <= threadsBefore);
    }
  }

  @Test
  @DisplayName("Closing ends what is still open; after that nothing opens, and a look is unknown")
  void closed() {
    try (EtcdProcesses cluster = EtcdProcesses.healthy(1)) {
      MemberEndpoint m0 = cluster.endpoint("m0");
      MemberChannel open = cluster.channels().open(m0);
      assertThat(open).isNotNull();
      assertThat(cluster.channels().openChannels()).isOne();

      cluster.channels().close();

      assertThat(cluster.channels().openChannels()).isZero();
      assertThat(cluster.probe().probe(List.of(m0), LIMITS).answers().get("m0").status().why())
          .contains("reach m0: the etcd channels are closed");
      assertThat(cluster.data().read(m0, "k", Duration.ofSeconds(1)).isKnown()).isFalse();
      assertThatThrownBy(
              () ->
                  cluster
                      .data()
                      .snapshot(m0, OutputStream.nullOutputStream(), Duration.ofSeconds(1)))
          .isInstanceOf(PortFailure.class);
    }
  }

  private static Set<String> etcdThreads() {
    return Thread.getAllStackTraces().keySet().stream()
        .map(Thread::getName)
        .filter(name -> name.startsWith("etcd-") || name.startsWith("grpc-"))
        .collect(Collectors.toSet());
  }

  private long openDescriptors() {
    return ((UnixOperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
        .getOpenFileDescriptorCount();
  }

  /** Hears gRPC's complaint of channels that were collected as garbage without being closed. */
  private static final class OrphanedChannels extends Handler implements AutoCloseable {

    private static final Logger LOGGER =
        Logger.getLogger("io.grpc.internal.ManagedChannelOrphanWrapper");
    private static final int COLLECTIONS = 5;

    private final Queue<String> complaints = new ConcurrentLinkedQueue<>();

    OrphanedChannels() {
      LOGGER.addHandler(this);
    }

    /** gRPC looks for orphans when a channel is made. */
    void assertNone(EtcdProcesses cluster) {
      for (int i = 0; i < COLLECTIONS; i++) {
        System.gc();
        cluster.channels().open(cluster.endpoint("m0")).close();
      }
      assertThat(complaints).isEmpty();
    }

    @Override
    public void publish(LogRecord complaint) {
      complaints.add(complaint.getMessage());
    }

    @Override
    public void flush() {}

    @Override
    public void close() {
      LOGGER.removeHandler(this);
    }
  }
}
