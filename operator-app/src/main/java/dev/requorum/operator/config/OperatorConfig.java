package dev.requorum.operator.config;

import dev.requorum.core.recovery.RecoveryPolicy;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * How the operator runs, read from environment variables.
 *
 * @param namespaces which namespaces are watched; empty for all
 * @param threads how many clusters are looked after at the same time
 * @param httpPort for /healthz, /readyz and /metrics; 0 for any free one
 * @param copiesDir where copies of survivors' data are kept
 * @param snapshotLimit how long the copying of a survivor's data may take
 * @param imageRegistry the etcd image, without its tag, where a manifest names none
 * @param policy the recovery policy where a manifest says nothing else
 * @param itself what this process is
 */
public record OperatorConfig(
    Set<String> namespaces,
    Lease lease,
    int threads,
    int httpPort,
    Path copiesDir,
    Duration snapshotLimit,
    String imageRegistry,
    RecoveryPolicy policy,
    Itself itself) {

  /**
   * What this process is.
   *
   * @param image its image, where its pod does not tell
   * @param namespace of its pod; empty where it runs in none
   * @param pod its name, likewise
   */
  public record Itself(Optional<String> image, Optional<String> namespace, Optional<String> pod) {

    public Itself {
      Objects.requireNonNull(image, "image");
      Objects.requireNonNull(namespace, "namespace");
      Objects.requireNonNull(pod, "pod");
    }
  }

  /**
   * Leader election.
   *
   * @param identity this process; a restarted one of the same identity resumes its own lease
   */
  public record Lease(
      boolean enabled,
      String name,
      String namespace,
      String identity,
      Duration duration,
      Duration renewDeadline,
      Duration retryPeriod) {

    /** A retry comes after its period and up to 1.2 times as much again. */
    private static final double RETRY_SHARE = 2.2;

    public Lease {
      Objects.requireNonNull(name, "name");
      Objects.requireNonNull(namespace, "namespace");
      Objects.requireNonNull(identity, "identity");
      if (renewDeadline.compareTo(duration) >= 0) {
        throw new InvalidConfigException(
            "LEASE_RENEW_DEADLINE (%s) must be shorter than LEASE_DURATION (%s)"
                .formatted(renewDeadline, duration));
      }
      if (renewDeadline.toMillis() <= retryPeriod.toMillis() * RETRY_SHARE) {
        throw new InvalidConfigException(
            "LEASE_RENEW_DEADLINE (%s) must be longer than %s times LEASE_RETRY_PERIOD (%s)"
                .formatted(renewDeadline, RETRY_SHARE, retryPeriod));
      }
    }
  }

  public OperatorConfig {
    namespaces = Set.copyOf(namespaces);
    Objects.requireNonNull(lease, "lease");
    Objects.requireNonNull(copiesDir, "copiesDir");
    Objects.requireNonNull(snapshotLimit, "snapshotLimit");
    Objects.requireNonNull(imageRegistry, "imageRegistry");
    Objects.requireNonNull(policy, "policy");
    Objects.requireNonNull(itself, "itself");
  }

  /**
   * @throws InvalidConfigException where a variable's value can't be taken; the message names it
   */
  public static OperatorConfig of(Map<String, String> environment) {
    return new ConfigReader(new Environment(environment)).read();
  }
}
