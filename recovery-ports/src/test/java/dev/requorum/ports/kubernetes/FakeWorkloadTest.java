package dev.requorum.ports.kubernetes;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;

@DisplayName("The workload in memory")
class FakeWorkloadTest {

  @Nested
  @DisplayName("looks and resizes as every workload does")
  class Basics extends WorkloadContract {
    @Override
    protected WorkloadWorld world() {
      return new FakeWorkloadWorld();
    }
  }

  @Nested
  @DisplayName("arms and disarms as every workload does")
  class Arming extends ArmingContract {
    @Override
    protected WorkloadWorld world() {
      return new FakeWorkloadWorld();
    }
  }
}
