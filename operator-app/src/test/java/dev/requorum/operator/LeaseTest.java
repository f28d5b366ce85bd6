package dev.requorum.operator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.requorum.core.Decision;
import dev.requorum.core.Observation;
import dev.requorum.core.engine.TurnListener;
import dev.requorum.fabric8.controlplane.Await;
import dev.requorum.operator.world.OperatorWorld;
import dev.requorum.ports.record.RecoveryRecord;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("The running operator and its Lease, on a real API server")
class LeaseTest {

  private final OperatorWorld world = OperatorWorld.shared();
  private final String namespace = world.newNamespace();
  private final CountDownLatch leadershipLost = new CountDownLatch(1);
  private final CountDownLatch roundBegun = new CountDownLatch(1);
  private final CountDownLatch roundMayEnd = new CountDownLatch(1);
  private final List<RequorumOperator> running = new ArrayList<>();

  @TempDir private Path copies;

  @AfterEach
  void stop() {
    roundMayEnd.countDown();
    running.forEach(RequorumOperator::close);
    world.admin().leases().inNamespace("requorum").withName("requorum").delete();
  }

  @Test
  @DisplayName("tells at once when somebody else has the Lease")
  void leaseLost() throws InterruptedException {
    start(
        TurnListener.none(),
        Map.of("LEASE_DURATION", "4s", "LEASE_RENEW_DEADLINE", "3s", "LEASE_RETRY_PERIOD", "1s"));
    awaitLeadership();

    OperatorWorld.edit(
        world.admin().leases().inNamespace("requorum").withName("requorum"),
        lease -> {
          lease.getSpec().setHolderIdentity("somebody-else");
          lease.getSpec().setRenewTime(ZonedDateTime.now(ZoneOffset.UTC));
          lease.getSpec().setLeaseDurationSeconds(600);
        });

    assertThat(leadershipLost.await(60, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  @DisplayName("gives its Lease back when it stops, so that a successor need not wait")
  void leaseReturned() {
    RequorumOperator operator = start(TurnListener.none(), Map.of());
    awaitLeadership();

    stop(operator);

    assertThat(holder()).isEmpty();
  }

  @Test
  @DisplayName("leaves a Lease that somebody else has taken as it is when it stops")
  void leaseOfAnother() {
    RequorumOperator operator = start(TurnListener.none(), Map.of());
    awaitLeadership();
    OperatorWorld.edit(
        world.admin().leases().inNamespace("requorum").withName("requorum"),
        lease -> lease.getSpec().setHolderIdentity("somebody-else"));

    stop(operator);

    assertThat(holder()).isEqualTo("somebody-else");
  }

  @Test
  @DisplayName(
      "keeps its Lease and tells at once, when it stops and a round does not end, not even by an interrupt")
  void roundDoesNotEnd() throws InterruptedException {
    RequorumOperator operator = startWithBlockedRound();

    stop(operator);

    assertThat(holder()).isEqualTo("requorum-0");
    assertThat(leadershipLost.getCount()).isZero();
  }

  @Test
  @DisplayName(
      "gives its Lease back when it stops after a long round has ended, and is not alarmed")
  void roundEnds() throws InterruptedException {
    RequorumOperator operator = startWithBlockedRound();
    roundMayEnd.countDown();

    stop(operator);

    assertThat(holder()).isEmpty();
    assertThat(leadershipLost.getCount()).isOne();
  }

  private RequorumOperator startWithBlockedRound() throws InterruptedException {
    world.create(
        namespace,
        """
        apiVersion: operator.etcd.io/v1alpha1
        kind: EtcdCluster
        metadata: {name: demo}
        spec: {version: v3.6.16, size: 1}
        """);
    RequorumOperator operator = start(new BlockedRound(), Map.of());
    assertThat(roundBegun.await(60, TimeUnit.SECONDS)).as("a round has begun").isTrue();
    return operator;
  }

  /** A turn that does not end before it may, whatever interrupts it. */
  private final class BlockedRound implements TurnListener {
    @Override
    public void decided(Observation observation, RecoveryRecord before, Decision decision) {
      roundBegun.countDown();
      boolean interrupted = false;
      boolean ended = false;
      while (!ended) {
        try {
          roundMayEnd.await();
          ended = true;
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private void stop(RequorumOperator operator) {
    running.remove(operator);
    operator.close();
  }

  private void awaitLeadership() {
    Await.until(
        "the operator leads",
        () -> holder().isEmpty() ? Optional.of("nobody has the Lease") : Optional.empty());
  }

  /** Who has the Lease; empty where nobody has. */
  private String holder() {
    return Optional.ofNullable(
            world.admin().leases().inNamespace("requorum").withName("requorum").get())
        .map(lease -> lease.getSpec().getHolderIdentity())
        .orElse("");
  }

  private RequorumOperator start(TurnListener listener, Map<String, String> more) {
    RequorumOperator operator =
        RequorumOperator.start(
            TestOperator.config(namespace, copies, more),
            world.operator(),
            listener,
            UnaryOperator.identity(),
            leadershipLost::countDown);
    running.add(operator);
    return operator;
  }
}
