package dev.requorum.jetcd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.requorum.ports.Outcome;
import dev.requorum.ports.PortFailure;
import dev.requorum.ports.etcd.ClusterUnderTest;
import dev.requorum.ports.etcd.MemberEndpoint;
import dev.requorum.ports.etcd.MemberId;
import dev.requorum.ports.etcd.Membership;
import dev.requorum.ports.etcd.MembershipContract;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Membership of real etcd processes")
class JetcdMembershipTest extends MembershipContract {

  @Override
  protected ClusterUnderTest healthy(int voters) {
    return EtcdProcesses.healthy(voters);
  }

  @Test
  @DisplayName("An act goes through whoever can carry it out, past the dead and the unusable")
  void pastTheDead() throws IOException {
    try (EtcdProcesses cluster = EtcdProcesses.healthy(1);
        DeadAddresses dead = new DeadAddresses()) {
      List<MemberEndpoint> endpoints =
          List.of(
              new MemberEndpoint("secret", URI.create("https://127.0.0.1:2379")),
              dead.silent("silent"),
              dead.refusing("refusing"),
              cluster.endpoint("m0"));
      assertThat(cluster.membership().addLearner(endpoints, cluster.peerUrl("m1")))
          .isEqualTo(Outcome.done());
      assertThat(cluster.channels().openChannels()).isZero();
    }
  }

  @Test
  @DisplayName("An act fails within its bound where nobody answers, and says so of each")
  void bound() throws IOException {
    try (EtcdChannels channels = new EtcdChannels();
        DeadAddresses dead = new DeadAddresses()) {
      Membership membership = new JetcdMembership(channels, Duration.ofMillis(300));
      List<MemberEndpoint> endpoints =
          List.of(
              new MemberEndpoint("secret", URI.create("https://127.0.0.1:2379")),
              dead.silent("silent"));
      assertThatThrownBy(() -> membership.remove(endpoints, MemberId.parse("1")))
          .isInstanceOf(PortFailure.class)
          .hasMessageContaining("TLS")
          .hasMessageContaining("silent")
          .hasMessageContaining("no answer within 300 ms");
      assertThat(channels.openChannels()).isZero();
    }
  }
}
