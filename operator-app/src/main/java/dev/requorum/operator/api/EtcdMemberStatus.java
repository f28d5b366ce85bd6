package dev.requorum.operator.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;

/** One element of {@code status.members} of an EtcdCluster. Wire format. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public class EtcdMemberStatus {

  @JsonPropertyDescription("The member's name, which is its pod's.")
  public String name;

  @JsonPropertyDescription("The member's id, in hexadecimal.")
  @Required
  public String id;

  @JsonPropertyDescription("The version of etcd that it runs.")
  public String version;

  @JsonPropertyDescription("Whether it answered, as itself and without complaints.")
  @Required
  public Boolean isHealthy;

  @JsonPropertyDescription("Whether it is a learner, which has no vote.")
  public Boolean isLearner;

  @JsonPropertyDescription("Whether it leads.")
  public Boolean isLeader;
}
