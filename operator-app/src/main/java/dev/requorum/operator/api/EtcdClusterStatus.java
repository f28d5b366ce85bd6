package dev.requorum.operator.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.requorum.fabric8.status.RecoveryStatus;
import io.fabric8.kubernetes.api.model.Condition;
import java.util.List;

/**
 * {@code status} of an EtcdCluster. Wire format. {@code recovery} belongs to the recovery engine;
 * everything else to the reconciler.
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public class EtcdClusterStatus {

  @JsonPropertyDescription("The generation of the spec that was looked at last.")
  public Long observedGeneration;

  @JsonPropertyDescription("How many pods the StatefulSet is to run.")
  public Integer currentReplicas;

  @JsonPropertyDescription("How many of the cluster's pods are ready.")
  public Integer readyReplicas;

  @JsonPropertyDescription("How many members etcd lists, learners included.")
  public Integer memberCount;

  @JsonPropertyDescription("The version of etcd that all answering members are at, at the least.")
  public String currentVersion;

  @JsonPropertyDescription("The leader's member id, in hexadecimal.")
  public String leaderId;

  @JsonPropertyDescription("The members.")
  public List<EtcdMemberStatus> members;

  @JsonPropertyDescription(
      "Available, Progressing, Degraded, Recovering, RecoveryBlocked, DataLossPossible.")
  public List<Condition> conditions;

  @JsonPropertyDescription("The recovery from a lost quorum, and what it is based upon.")
  public RecoveryStatus recovery;
}
