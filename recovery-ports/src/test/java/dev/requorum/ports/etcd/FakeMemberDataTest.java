package dev.requorum.ports.etcd;

import org.junit.jupiter.api.DisplayName;

@DisplayName("MemberData of the fake etcd")
class FakeMemberDataTest extends MemberDataContract {

  @Override
  protected ClusterUnderTest healthy(int voters) {
    return FakeCluster.healthy(voters);
  }
}
