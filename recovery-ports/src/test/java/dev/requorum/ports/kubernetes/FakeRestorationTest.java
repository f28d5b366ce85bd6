package dev.requorum.ports.kubernetes;

import org.junit.jupiter.api.DisplayName;

@DisplayName("The restoration in memory restores, marks and discards as every restoration does")
class FakeRestorationTest extends RestorationContract {

  @Override
  protected RestorationWorld world() {
    return new FakeRestorationWorld();
  }
}
