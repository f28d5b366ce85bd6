package dev.requorum.ports.etcd;

import org.junit.jupiter.api.DisplayName;

@DisplayName("Membership of the fake etcd")
class FakeMembershipTest extends MembershipContract {

  @Override
  protected ClusterUnderTest healthy(int voters) {
    return FakeCluster.healthy(voters);
  }
}
