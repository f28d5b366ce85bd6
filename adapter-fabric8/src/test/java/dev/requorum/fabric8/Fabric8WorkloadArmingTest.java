package dev.requorum.fabric8;

import dev.requorum.fabric8.controlplane.ControlPlaneWorld;
import dev.requorum.ports.kubernetes.ArmingContract;
import dev.requorum.ports.kubernetes.WorkloadWorld;
import org.junit.jupiter.api.DisplayName;

@DisplayName("The workload on Kubernetes arms and disarms as every workload does")
class Fabric8WorkloadArmingTest extends ArmingContract {

  @Override
  protected WorkloadWorld world() {
    return new ControlPlaneWorld();
  }
}
