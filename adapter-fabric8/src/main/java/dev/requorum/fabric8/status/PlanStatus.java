package dev.requorum.fabric8.status;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import java.util.ArrayList;
import java.util.List;

/** The plan of a recovery: a wire format, as {@link IncidentStatus} is. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public class PlanStatus {

  @JsonPropertyDescription(
      "Names this plan and the evidence it rests upon. In mode Approve, annotate the EtcdCluster with"
          + " operator.etcd.io/approve-recovery and this value to have it carried out.")
  public String hash;

  @JsonPropertyDescription("How the cluster is rebuilt: Restore or ForceNewCluster.")
  public String strategy;

  @JsonPropertyDescription("Why it is another strategy than the one asked for.")
  public String why;

  @JsonPropertyDescription("The voter that the cluster is to be rebuilt from.")
  public IncidentStatus.Survivor survivor;

  @JsonPropertyDescription("By how much a restore raises the revision.")
  public Long revisionBump;

  @JsonPropertyDescription(
      "How many bytes the survivor's database has, by its own account; a restore takes as many again,"
          + " and more for a write-ahead log.")
  public Long databaseBytes;

  @JsonPropertyDescription(
      "Members that were seen at a later revision than the survivor has, and were waited for in"
          + " vain.")
  public List<PassedOver> passedOver = new ArrayList<>();

  /** A member with later data than the survivor's. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public static class PassedOver {

    @JsonPropertyDescription("The member's id, in hexadecimal as etcd writes it.")
    public String memberId;

    @JsonPropertyDescription("The member's name, which is its pod's.")
    public String name;

    @JsonPropertyDescription("The uid of the claim with its data.")
    public String volumeUid;

    @JsonPropertyDescription("The newest revision it was seen at.")
    public Long revision;
  }
}
