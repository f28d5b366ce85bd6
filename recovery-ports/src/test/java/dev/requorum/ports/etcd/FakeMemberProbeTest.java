package dev.requorum.ports.etcd;

import org.junit.jupiter.api.DisplayName;

@DisplayName("MemberProbe of the fake etcd")
class FakeMemberProbeTest extends MemberProbeContract {

  @Override
  protected ClusterUnderTest healthy(int voters) {
    return FakeCluster.healthy(voters);
  }
}
