package dev.requorum.fabric8.status;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import java.util.ArrayList;
import java.util.List;

/**
 * One incident as it is written in {@code status.recovery}: a wire format and nothing else. Times
 * are RFC 3339 in UTC, ids are etcd's hexadecimal. A field that is null is not written. {@link
 * RecoveryStatusMapper} gives it meaning.
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public class IncidentStatus {

  @JsonPropertyDescription(
      "Names the incident in annotations and Events; made of the time of detection.")
  public String id;

  @JsonPropertyDescription(
      "Where the recovery stands: Detecting, Rebuilding, ScalingOut or Completed.")
  public String phase;

  @JsonPropertyDescription(
      "Where a rebuild stands: Fence, Preserve, RewriteState, Arm, Verify, Disarm or VerifyAgain; or"
          + " Release, where the survivor was lost before. Only in phase Rebuilding.")
  public String step;

  @JsonPropertyDescription("When the current phase or step was entered.")
  public String stepSince;

  @JsonPropertyDescription("Why the phase is what it is, or what it waits for, in one word.")
  public String reason;

  @JsonPropertyDescription("The reason in a sentence.")
  public String message;

  @JsonPropertyDescription("When the loss was first seen.")
  public String detectedAt;

  @JsonPropertyDescription("When the rebuild was committed to.")
  public String startedAt;

  @JsonPropertyDescription("When all voters were back.")
  public String completedAt;

  @JsonPropertyDescription("When a human acknowledged the data loss.")
  public String acknowledgedAt;

  @JsonPropertyDescription("What speaks for the loss so far.")
  public Evidence evidence;

  @JsonPropertyDescription("The voter that the cluster is rebuilt from, as it stood when chosen.")
  public Survivor survivor;

  @JsonPropertyDescription(
      "The copy of the survivor's data that was made before anything was done to it.")
  public PreservedCopy preservedCopy;

  @JsonPropertyDescription(
      "When --force-new-cluster was first about to be set for the survivor. From then on no other"
          + " survivor is chosen.")
  public String armedAt;

  @JsonPropertyDescription(
      "What was kept and what may be lost. Captured once; never overwritten within the incident.")
  public DataLoss dataLoss;

  /** What speaks for a loss. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public static class Evidence {

    @JsonPropertyDescription(
        "For how long the loss was observed without interruption: an ISO 8601 duration such as"
            + " PT59.5S.")
    public String observedLost;

    @JsonPropertyDescription("When the loss was last seen.")
    public String lastLook;

    @JsonPropertyDescription("The highest committed raft index of any voter during this loss.")
    public Long raftIndex;

    @JsonPropertyDescription("The voters that did not answer at the last look.")
    public List<MissingVoter> missing = new ArrayList<>();
  }

  /** A voter that did not answer. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public static class MissingVoter {

    @JsonPropertyDescription("The member's id, in hexadecimal as etcd writes it.")
    public String memberId;

    @JsonPropertyDescription("The member's name, which is its pod's.")
    public String name;

    @JsonPropertyDescription(
        "Why it does not answer, by Kubernetes' account: Gone (its data is lost), Down (it may come"
            + " back) or Unreachable (it may be alive out of sight).")
    public String missing;

    @JsonPropertyDescription("What Kubernetes says of it, in words.")
    public String detail;
  }

  /** The voter that the cluster is rebuilt from. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public static class Survivor {

    @JsonPropertyDescription("The member's id, in hexadecimal as etcd writes it.")
    public String memberId;

    @JsonPropertyDescription("The member's name, which is its pod's.")
    public String name;

    @JsonPropertyDescription("The pod's ordinal in the StatefulSet.")
    public Integer ordinal;

    @JsonPropertyDescription("The raft term that it was in.")
    public Long raftTerm;

    @JsonPropertyDescription("The committed raft index that it had.")
    public Long raftIndex;

    @JsonPropertyDescription("The newest revision that it had.")
    public Long revision;
  }

  /** Where the survivor's data was copied to. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public static class PreservedCopy {

    @JsonPropertyDescription("Where it is.")
    public String location;

    @JsonPropertyDescription("Its size in bytes.")
    public Long bytes;

    @JsonPropertyDescription("The SHA-256 of the whole file, in hexadecimal.")
    public String sha256;

    @JsonPropertyDescription("When it was made.")
    public String madeAt;
  }

  /** What was kept and what may be lost. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public static class DataLoss {

    @JsonPropertyDescription("The survivor's member id, in hexadecimal as etcd writes it.")
    public String memberId;

    @JsonPropertyDescription("The newest revision that the survivor had: what was kept.")
    public Long retainedRevision;

    @JsonPropertyDescription("The committed raft index that the survivor had.")
    public Long raftIndex;

    @JsonPropertyDescription("When the survivor served again.")
    public String recoveredAt;

    @JsonPropertyDescription("What may be lost and what to do, for a human.")
    public String message;
  }
}
