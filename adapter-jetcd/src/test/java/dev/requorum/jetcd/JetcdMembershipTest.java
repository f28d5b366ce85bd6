package dev.requorum.jetcd;

import dev.requorum.ports.etcd.ClusterUnderTest;
import dev.requorum.ports.etcd.MembershipContract;
import org.junit.jupiter.api.DisplayName;

@DisplayName("Membership of real etcd processes")
class JetcdMembershipTest extends MembershipContract {

  @Override
  protected ClusterUnderTest healthy(int voters) {
    return EtcdProcesses.healthy(voters);
  }
}
