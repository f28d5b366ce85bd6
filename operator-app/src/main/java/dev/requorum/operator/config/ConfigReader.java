package dev.requorum.operator.config;

import dev.requorum.core.recovery.RecoveryPolicy;
import dev.requorum.operator.config.OperatorConfig.Itself;
import dev.requorum.operator.config.OperatorConfig.Lease;
import dev.requorum.ports.etcd.ProbeLimits;
import java.nio.file.Path;
import java.time.Duration;

/** Which environment variable says what, and what holds where it says nothing. */
final class ConfigReader {

  private static final Duration LONGEST_MEMBER_LIST = Duration.ofSeconds(30);

  private final Environment environment;

  ConfigReader(Environment environment) {
    this.environment = environment;
  }

  OperatorConfig read() {
    return new OperatorConfig(
        environment.names("WATCH_NAMESPACES"),
        lease(),
        environment.number("RECONCILE_THREADS", 1, 256, 16),
        environment.number("HTTP_PORT", 0, 65_535, 8080),
        environment.path("COPIES_DIR", Path.of("/var/lib/requorum/copies")),
        environment.duration("SNAPSHOT_LIMIT", Duration.ofMinutes(10)),
        environment.text("IMAGE_REGISTRY").orElse("gcr.io/etcd-development/etcd"),
        policy(),
        new Itself(
            environment.text("OPERATOR_IMAGE"),
            environment.text("POD_NAMESPACE"),
            environment.text("POD_NAME")));
  }

  private Lease lease() {
    boolean enabled = environment.flag("LEADER_ELECTION", true);
    String namespace =
        environment.text("LEASE_NAMESPACE").or(() -> environment.text("POD_NAMESPACE")).orElse("");
    String identity = environment.text("POD_NAME").orElse("");
    if (enabled && namespace.isEmpty()) {
      throw new InvalidConfigException(
          "LEASE_NAMESPACE, or POD_NAMESPACE, must name the namespace of the leader election's"
              + " Lease (or LEADER_ELECTION must be false)");
    }
    if (enabled && identity.isEmpty()) {
      throw new InvalidConfigException(
          "POD_NAME must name this process in the leader election (or LEADER_ELECTION must be"
              + " false)");
    }
    return new Lease(
        enabled,
        environment.text("LEASE_NAME").orElse("requorum"),
        namespace,
        identity,
        environment.duration("LEASE_DURATION", Duration.ofSeconds(15)),
        environment.duration("LEASE_RENEW_DEADLINE", Duration.ofSeconds(10)),
        environment.duration("LEASE_RETRY_PERIOD", Duration.ofSeconds(2)));
  }

  private RecoveryPolicy policy() {
    RecoveryPolicy defaults = RecoveryPolicy.defaults();
    Duration memberList =
        environment.duration("MEMBER_LIST_LIMIT", defaults.probeLimits().memberList());
    if (memberList.compareTo(LONGEST_MEMBER_LIST) > 0) {
      throw new InvalidConfigException("MEMBER_LIST_LIMIT must be 30s or less, not " + memberList);
    }
    return new RecoveryPolicy(
        defaults.gracePeriod(),
        defaults.downGracePeriod(),
        environment.duration("INCIDENT_INTERVAL", defaults.incidentInterval()),
        environment.duration("CALM_INTERVAL", defaults.calmInterval()),
        defaults.longestCredit(),
        defaults.lastKnownInterval(),
        defaults.announcementAge(),
        defaults.stepLimit(),
        new ProbeLimits(
            environment.duration("PROBE_LIMIT", defaults.probeLimits().perMember()), memberList),
        defaults.attempts(),
        defaults.revisionBump());
  }
}
