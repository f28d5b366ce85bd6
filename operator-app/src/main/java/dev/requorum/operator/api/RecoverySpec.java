package dev.requorum.operator.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;

/** {@code spec.recovery} of an EtcdCluster. Wire format. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@ValidationRule(
    value =
        "!has(self.downGracePeriod) || duration(self.downGracePeriod) >= duration(has(self.gracePeriod) ? self.gracePeriod : '60s')",
    message =
        "spec.recovery.downGracePeriod must not be shorter than spec.recovery.gracePeriod, which is"
            + " 60s where it is not given")
public class RecoverySpec {

  private static final String DURATION = "^([0-9]{1,2}h)?([0-9]{1,4}m)?([0-9]{1,5}s)?$";
  private static final String BOUNDS =
      "duration(self) >= duration('1s') && duration(self) <= duration('24h')";

  @JsonPropertyDescription(
      "For how long a loss of quorum is observed without interruption before the cluster is rebuilt,"
          + " where every missing member's volume or node is gone. From 1s to 24h; 60s where it is"
          + " not given.")
  @Size(min = 2, max = 16)
  @Pattern(DURATION)
  @ValidationRule(value = BOUNDS, message = "spec.recovery.gracePeriod must be from 1s to 24h")
  public String gracePeriod;

  @JsonPropertyDescription(
      "The same where a missing member still has its volume and may come back with it. From 1s to"
          + " 24h; where it is not given, 10m or gracePeriod, whichever is longer.")
  @Size(min = 2, max = 16)
  @Pattern(DURATION)
  @ValidationRule(value = BOUNDS, message = "spec.recovery.downGracePeriod must be from 1s to 24h")
  public String downGracePeriod;
}
