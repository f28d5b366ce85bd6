package dev.requorum.operator.config;

import dev.requorum.core.recovery.RecoveryPolicy;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
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
 */
public record OperatorConfig(
    Set<String> namespaces,
    Lease lease,
    int threads,
    int httpPort,
    Path copiesDir,
    Duration snapshotLimit,
    String imageRegistry,
    RecoveryPolicy policy) {

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

    public Lease {
      Objects.requireNonNull(name, "name");
      Objects.requireNonNull(namespace, "namespace");
      Objects.requireNonNull(identity, "identity");
      if (renewDeadline.compareTo(duration) >= 0) {
        throw new InvalidConfigException(
            "LEASE_RENEW_DEADLINE (%s) must be shorter than LEASE_DURATION (%s)"
                .formatted(renewDeadline, duration));
      }
      if (retryPeriod.compareTo(renewDeadline) >= 0) {
        throw new InvalidConfigException(
            "LEASE_RETRY_PERIOD (%s) must be shorter than LEASE_RENEW_DEADLINE (%s)"
                .formatted(retryPeriod, renewDeadline));
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
  }

  /**
   * @throws InvalidConfigException where a variable's value can't be taken; the message names it
   */
  public static OperatorConfig of(Map<String, String> environment) {
    return new ConfigReader(new Environment(environment)).read();
  }
}
