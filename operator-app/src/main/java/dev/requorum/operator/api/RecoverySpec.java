package dev.requorum.operator.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.time.Duration;

/** {@code spec.recovery} of an EtcdCluster. Wire format. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@ValidationRule(
    value =
        "!has(self.downGracePeriod) || duration(self.downGracePeriod) == duration('10m') || duration(self.downGracePeriod) >= duration(has(self.gracePeriod) ? self.gracePeriod : '60s')",
    message =
        "spec.recovery.downGracePeriod must not be shorter than spec.recovery.gracePeriod, which is"
            + " 60s where it is not given")
public class RecoverySpec {

  /** The least bound of both grace windows. */
  public static final Duration SHORTEST_GRACE = Duration.ofSeconds(1);

  /** The greatest bound of both grace windows. */
  public static final Duration LONGEST_GRACE = Duration.ofHours(24);

  /** The least bound of {@link #attemptWindow}. */
  public static final Duration SHORTEST_ATTEMPT_WINDOW = Duration.ofMinutes(1);

  /** The greatest bound of {@link #attemptWindow}. */
  public static final Duration LONGEST_ATTEMPT_WINDOW = Duration.ofDays(7);

  /** The least bound of {@link #coolDown}. */
  public static final Duration SHORTEST_COOL_DOWN = Duration.ofSeconds(1);

  /** The greatest bound of {@link #coolDown}. */
  public static final Duration LONGEST_COOL_DOWN = Duration.ofHours(24);

  /** The greatest {@link #revisionBump}: nine thousand such restores fit into a revision. */
  public static final long LARGEST_BUMP = 1_000_000_000_000_000L;

  private static final String DURATION = "^([0-9]{1,3}h)?([0-9]{1,4}m)?([0-9]{1,5}s)?$";
  private static final String UP_TO_A_DAY =
      "duration(self) >= duration('1s') && duration(self) <= duration('24h')";
  private static final String UP_TO_A_WEEK =
      "duration(self) >= duration('1m') && duration(self) <= duration('168h')";

  @JsonPropertyDescription(
      "How a lost quorum is recovered. Restore: the survivor's database is restored beside the"
          + " original, as a new cluster with a raised revision. ForceNewCluster: the survivor is"
          + " started in place with --force-new-cluster. Where it is not given, Restore if the etcd"
          + " version can do it. A strategy that the etcd version cannot carry out safely gives way"
          + " to the other one, and the plan says so.")
  @Pattern("^(Restore|ForceNewCluster)$")
  public String strategy;

  @JsonPropertyDescription(
      "Who decides that the cluster is rebuilt. Automatic: the operator, once the evidence is"
          + " complete. Approve: a human, by annotating the EtcdCluster with"
          + " operator.etcd.io/approve-recovery=<status.recovery.plan.hash>. Never: nobody; a loss"
          + " is only reported.")
  @Pattern("^(Automatic|Approve|Never)$")
  @Default("Automatic")
  public String mode;

  @JsonPropertyDescription(
      "For how long a loss of quorum is observed without interruption before the cluster is rebuilt,"
          + " where every missing member's volume or node is gone. From 1s to 24h.")
  @Size(min = 2, max = 16)
  @Pattern(DURATION)
  @Default("60s")
  @ValidationRule(value = UP_TO_A_DAY, message = "spec.recovery.gracePeriod must be from 1s to 24h")
  public String gracePeriod;

  @JsonPropertyDescription(
      "The same where a missing member still has its volume and may come back with it. From 1s to"
          + " 24h. 10m counts as gracePeriod where that is longer.")
  @Size(min = 2, max = 16)
  @Pattern(DURATION)
  @Default("10m")
  @ValidationRule(
      value = UP_TO_A_DAY,
      message = "spec.recovery.downGracePeriod must be from 1s to 24h")
  public String downGracePeriod;

  @JsonPropertyDescription(
      "How many rebuilds may be begun within attemptWindow. From 1 to 10; beyond it the next loss is"
          + " reported and waits until the window has passed.")
  @Min(1)
  @Max(10)
  @Default("3")
  public Integer maxAttempts;

  @JsonPropertyDescription("How far back begun rebuilds count. From 1m to 168h.")
  @Size(min = 2, max = 16)
  @Pattern(DURATION)
  @Default("1h")
  @ValidationRule(
      value = UP_TO_A_WEEK,
      message = "spec.recovery.attemptWindow must be from 1m to 168h")
  public String attemptWindow;

  @JsonPropertyDescription(
      "How long after a rebuild was begun the next one may be, at the earliest. From 1s to 24h.")
  @Size(min = 2, max = 16)
  @Pattern(DURATION)
  @Default("1m")
  @ValidationRule(value = UP_TO_A_DAY, message = "spec.recovery.coolDown must be from 1s to 24h")
  public String coolDown;

  @JsonPropertyDescription(
      "By how much a restore raises the cluster's revision: more than the cluster can have written"
          + " since the survivor was last up to date, so that no client ever sees a revision twice."
          + " From 1 to 1000000000000000.")
  @Min(1)
  @Max(LARGEST_BUMP)
  @Default("1000000000")
  public Long revisionBump;
}
