package dev.requorum.ports.kubernetes;

import org.junit.jupiter.api.DisplayName;

@DisplayName("The workload in memory arms and disarms as every workload does")
class FakeWorkloadArmingTest extends ArmingContract {

  @Override
  protected WorkloadWorld world() {
    return new FakeWorkloadWorld();
  }
}
