package dev.requorum.jetcd;

import dev.requorum.ports.etcd.ClusterUnderTest;
import dev.requorum.ports.etcd.MemberDataContract;
import org.junit.jupiter.api.DisplayName;

@DisplayName("MemberData of real etcd processes")
class JetcdMemberDataTest extends MemberDataContract {

  @Override
  protected ClusterUnderTest healthy(int voters) {
    return EtcdProcesses.healthy(voters);
  }
}
