package dev.requorum.fabric8;

import dev.requorum.fabric8.controlplane.ControlPlaneWorld;
import dev.requorum.ports.kubernetes.WorkloadContract;
import dev.requorum.ports.kubernetes.WorkloadWorld;
import org.junit.jupiter.api.DisplayName;

@DisplayName("The workload on Kubernetes looks and resizes as every workload does")
class Fabric8WorkloadTest extends WorkloadContract {

  @Override
  protected WorkloadWorld world() {
    return new ControlPlaneWorld();
  }
}
