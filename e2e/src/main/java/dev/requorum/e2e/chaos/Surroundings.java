package dev.requorum.e2e.chaos;

import dev.requorum.e2e.scenario.LocalSite;
import java.util.Map;
import java.util.Objects;

/**
 * What an operator has around it instead of the machine's clock and a straight line to the API
 * server.
 */
record Surroundings(ApiTrouble trouble, ApiProxy proxy, MovableClock clock)
    implements AutoCloseable {

  Surroundings {
    Objects.requireNonNull(trouble, "trouble");
    Objects.requireNonNull(proxy, "proxy");
    Objects.requireNonNull(clock, "clock");
  }

  /** With nothing wrong yet. */
  static Surroundings of(LocalSite site, long seed) {
    ApiTrouble trouble = new ApiTrouble(seed);
    return new Surroundings(trouble, new ApiProxy(site.world(), trouble), MovableClock.create());
  }

  /** An operator in them, which is started again whenever it ends. */
  KeptOperator startOperator(LocalSite site, String namespace) {
    return new KeptOperator(
        site.operator(
            namespace,
            MovedClockOperator.class.getName(),
            Map.of(
                "KUBERNETES_MASTER",
                proxy.address(),
                MovedClockOperator.CLOCK,
                clock.file().toString())));
  }

  @Override
  public void close() {
    proxy.close();
  }
}
