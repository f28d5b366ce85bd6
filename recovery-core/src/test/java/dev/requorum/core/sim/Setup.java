package dev.requorum.core.sim;

import dev.requorum.core.recovery.AttemptLimits;
import dev.requorum.core.recovery.RecoveryPolicy;
import dev.requorum.ports.RecoveryWish;
import dev.requorum.ports.etcd.ProbeLimits;
import dev.requorum.ports.record.Strategy;
import java.time.Duration;

/**
 * What a story begins with.
 *
 * @param openEarly an etcd's port for clients opens before it ever saw a leader
 * @param busy how many seconds of a hundred see a write
 * @param mended whether what is broken at the end is mended, or stays so
 */
record Setup(
    int size,
    Strategy strategy,
    RecoveryWish.Mode mode,
    boolean preVote,
    boolean openEarly,
    int busy,
    boolean mended) {

  /** The longest that the API server does not notice a silent node is shorter than any window. */
  static final RecoveryPolicy POLICY =
      new RecoveryPolicy(
          Duration.ofSeconds(12),
          Duration.ofSeconds(24),
          Duration.ofSeconds(1),
          Duration.ofSeconds(3),
          Duration.ofSeconds(5),
          Duration.ofSeconds(5),
          Duration.ofMinutes(10),
          Duration.ofSeconds(60),
          new ProbeLimits(Duration.ofSeconds(2), Duration.ofSeconds(30)),
          new AttemptLimits(10, Duration.ofSeconds(60), Duration.ofSeconds(10)),
          1000);

  String inWords() {
    return "%d members, %s, %s, %s, %s, writes in %d of 100 seconds"
        .formatted(
            size,
            strategy.word(),
            mode.word(),
            preVote ? "pre-vote" : "no pre-vote",
            openEarly ? "clients' port opens at once" : "clients' port waits for a leader",
            busy);
  }
}
