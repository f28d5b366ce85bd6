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
      "Where a rebuild stands: Fence, Preserve, RewriteState, Arm, Verify, Disarm or VerifyAgain;"
          + " by a restore Fence, Stop, Restore, Adopt and Verify; or Release, where the survivor"
          + " is let go of. Only in phase Rebuilding.")
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
      "When the survivor was first about to be forced, or pointed to what was restored. From then"
          + " on no other survivor is chosen.")
  public String armedAt;

  @JsonPropertyDescription(
      "What was kept and what may be lost. Captured once; never overwritten within the incident.")
  public DataLossStatus dataLoss;

  @JsonPropertyDescription(
      "What is going to be done, once nothing stands in the way; from the commit on, what was"
          + " decided upon.")
  public PlanStatus plan;

  @JsonPropertyDescription("The restore of the survivor's database, as it stands.")
  public Restore restore;

  /** The restore of the survivor's database. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public static class Restore {

    @JsonPropertyDescription("The number of the try, the first being 1.")
    public Integer number;

    @JsonPropertyDescription("The directory on the survivor's volume that this try restores into.")
    public String directory;

    @JsonPropertyDescription("When this try was recorded.")
    public String since;
  }

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

    @JsonPropertyDescription("The raft term that it was in; 0 where it is not known.")
    public Long raftTerm;

    @JsonPropertyDescription("The committed raft index that it had; 0 where it is not known.")
    public Long raftIndex;

    @JsonPropertyDescription(
        "The newest revision that it had; at least that, where basis is LastSeen.")
    public Long revision;

    @JsonPropertyDescription(
        "Where these figures are from. Answered: the member answered when it was chosen, as also"
            + " where this is not written. LastSeen: it served no clients, and was last seen at"
            + " that revision before the loss; it may have later ones.")
    public String basis;
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
}
