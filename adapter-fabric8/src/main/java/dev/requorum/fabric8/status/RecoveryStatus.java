package dev.requorum.fabric8.status;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import java.util.ArrayList;
import java.util.List;

/**
 * The whole of {@code status.recovery} of an EtcdCluster (S07): the current or last incident's
 * fields at the top level, and what outlives incidents. A wire format and nothing else; the
 * CustomResourceDefinition's schema is generated from it.
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public class RecoveryStatus extends IncidentStatus {

  @JsonPropertyDescription(
      "How often a destructive rebuild was committed to, over the cluster's whole life. Never"
          + " decreases.")
  public Integer attempts;

  @JsonPropertyDescription("Earlier incidents, oldest first.")
  public List<IncidentStatus> history = new ArrayList<>();

  @JsonPropertyDescription("What was last known good: the membership that a quorum confirmed.")
  public LastKnown lastKnown;

  /** What was last known good. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public static class LastKnown {

    @JsonPropertyDescription(
        "Whether the cluster once had all its members healthy. Never becomes false again.")
    public Boolean bootstrapped;

    @JsonPropertyDescription("The cluster's id, in hexadecimal as etcd writes it.")
    public String clusterId;

    @JsonPropertyDescription("The leader's member id, in hexadecimal as etcd writes it.")
    public String leader;

    @JsonPropertyDescription("The raft term that it led in.")
    public Long raftTerm;

    @JsonPropertyDescription(
        "The data directory of all members, by its name on each one's volume. Not there while it is"
            + " the volume's own top, as it is until a restore.")
    public String directory;

    @JsonPropertyDescription("The members, sorted by id.")
    public List<KnownMember> members = new ArrayList<>();
  }

  /** A member as it was last seen while the cluster had a quorum. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public static class KnownMember {

    @JsonPropertyDescription("The member's id, in hexadecimal as etcd writes it.")
    public String memberId;

    @JsonPropertyDescription("The member's name, which is its pod's.")
    public String name;

    @JsonPropertyDescription("Whether it is a learner, which has no vote.")
    public Boolean learner;

    @JsonPropertyDescription("The uid of the claim that held its data when it was last healthy.")
    public String volumeUid;

    @JsonPropertyDescription("The node that its pod ran on when it last had a pod.")
    public String node;

    @JsonPropertyDescription("The newest revision it had; 0 where it was never seen.")
    public Long revision;

    @JsonPropertyDescription("When it last answered.")
    public String seenAt;
  }
}
