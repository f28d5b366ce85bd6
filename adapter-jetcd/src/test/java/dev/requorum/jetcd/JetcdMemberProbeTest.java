package dev.requorum.jetcd;

import dev.requorum.ports.etcd.ClusterUnderTest;
import dev.requorum.ports.etcd.MemberProbeContract;
import org.junit.jupiter.api.DisplayName;

@DisplayName("MemberProbe of real etcd processes")
class JetcdMemberProbeTest extends MemberProbeContract {

  @Override
  protected ClusterUnderTest healthy(int voters) {
    return EtcdProcesses.healthy(voters);
  }
}
