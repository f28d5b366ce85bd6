package dev.requorum.fabric8.status;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import java.util.ArrayList;
import java.util.List;

/** What was kept and what may be lost: a wire format, as {@link IncidentStatus} is. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public class DataLossStatus {

  @JsonPropertyDescription("The survivor's member id, in hexadecimal as etcd writes it.")
  public String memberId;

  @JsonPropertyDescription(
      "The newest revision that the survivor had, counted as before the rebuild: what was kept.")
  public Long retainedRevision;

  @JsonPropertyDescription(
      "The committed raft index that the survivor had; 0 where it could not be asked.")
  public Long raftIndex;

  @JsonPropertyDescription("When the survivor served again.")
  public String recoveredAt;

  @JsonPropertyDescription("So many revisions are lost for certain.")
  public Long lostRevisionsAtLeast;

  @JsonPropertyDescription(
      "More revisions than these are not lost. Not there where nobody can know.")
  public Long lostRevisionsAtMost;

  @JsonPropertyDescription("Each member as it was last seen before the loss, sorted by name.")
  public List<LastSeen> lastSeen = new ArrayList<>();

  @JsonPropertyDescription("The cluster's id before, in hexadecimal as etcd writes it.")
  public String clusterIdBefore;

  @JsonPropertyDescription("The cluster's id after; another one where the data was restored.")
  public String clusterIdAfter;

  @JsonPropertyDescription(
      "By how much a restore raised the revision; 0 where nothing was restored.")
  public Long revisionBump;

  @JsonPropertyDescription("Where the survivor's data is as it was before.")
  public String original;

  @JsonPropertyDescription("What may be lost and what to do, for a human.")
  public String message;

  /** A member as it was last seen before the loss. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public static class LastSeen {

    @JsonPropertyDescription("The member's id, in hexadecimal as etcd writes it.")
    public String memberId;

    @JsonPropertyDescription("The member's name, which is its pod's.")
    public String name;

    @JsonPropertyDescription("The newest revision it had; 0 where it was never seen.")
    public Long revision;

    @JsonPropertyDescription("When that was.")
    public String seenAt;
  }
}
