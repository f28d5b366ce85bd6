package dev.requorum.operator.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.requorum.ports.ClusterGoal;
import dev.requorum.ports.RecoveryWish;
import io.fabric8.crd.generator.annotation.AdditionalPrinterColumn;
import io.fabric8.generator.annotation.ValidationRule;
import io.fabric8.kubernetes.api.model.Namespaced;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Version;

/**
 * An etcd cluster as its owner wants it, and what the operator sees of it (O01). Wire format: a
 * manifest written for etcd-operator applies unchanged.
 */
@Group(EtcdCluster.GROUP)
@Version("v1alpha1")
@JsonInclude(JsonInclude.Include.NON_NULL)
@AdditionalPrinterColumn(
    name = "Size",
    jsonPath = ".spec.size",
    type = AdditionalPrinterColumn.Type.INTEGER)
@AdditionalPrinterColumn(
    name = "Ready",
    jsonPath = ".status.readyReplicas",
    type = AdditionalPrinterColumn.Type.INTEGER)
@AdditionalPrinterColumn(
    name = "Phase",
    jsonPath = ".status.recovery.phase",
    type = AdditionalPrinterColumn.Type.STRING)
@AdditionalPrinterColumn(
    name = "Version",
    jsonPath = ".status.currentVersion",
    type = AdditionalPrinterColumn.Type.STRING)
@AdditionalPrinterColumn(
    name = "Age",
    jsonPath = ".metadata.creationTimestamp",
    type = AdditionalPrinterColumn.Type.DATE)
@ValidationRule(
    value =
        "self.metadata.name.matches('^[a-z]([-a-z0-9]*[a-z0-9])?$') && size(self.metadata.name) <= 50",
    message =
        "metadata.name must start with a letter, hold only lower-case letters, digits and dashes,"
            + " and have at most 50 characters: a Service and pods are named after it")
@ValidationRule(
    value = "has(self.spec)",
    message = "spec is required: give at least spec.size and spec.version")
public class EtcdCluster extends CustomResource<EtcdClusterSpec, EtcdClusterStatus>
    implements Namespaced {

  private static final long serialVersionUID = 1L;

  /** The API group. */
  public static final String GROUP = "operator.etcd.io";

  /** The annotation with which a human acknowledges an incident's data loss: the incident's id. */
  public static final String ACKNOWLEDGE_DATA_LOSS = ClusterGoal.ACKNOWLEDGED_BY;

  /** The annotation with which a human approves a recovery: the hash of its plan. */
  public static final String APPROVE_RECOVERY = RecoveryWish.APPROVED_BY;
}
