package dev.requorum.ports.kubernetes;

import org.junit.jupiter.api.DisplayName;

@DisplayName("The workload in memory looks and resizes as every workload does")
class FakeWorkloadTest extends WorkloadContract {

  @Override
  protected WorkloadWorld world() {
    return new FakeWorkloadWorld();
  }
}
