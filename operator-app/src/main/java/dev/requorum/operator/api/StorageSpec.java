package dev.requorum.operator.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.ValidationRule;
import io.fabric8.kubernetes.api.model.Quantity;

/** {@code spec.storageSpec} of an EtcdCluster. Wire format. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@ValidationRule(
    value =
        "(has(self.accessModes) ? self.accessModes : 'ReadWriteOnce') == (has(oldSelf.accessModes) ? oldSelf.accessModes : 'ReadWriteOnce')",
    message = "spec.storageSpec.accessModes is immutable")
@ValidationRule(
    value =
        "has(self.storageClassName) == has(oldSelf.storageClassName) && (!has(self.storageClassName) || self.storageClassName == oldSelf.storageClassName)",
    message = "spec.storageSpec.storageClassName is immutable")
@ValidationRule(
    value =
        "has(self.pvcName) == has(oldSelf.pvcName) && (!has(self.pvcName) || self.pvcName == oldSelf.pvcName)",
    message = "spec.storageSpec.pvcName is immutable")
@ValidationRule(
    value =
        "quantity(string(self.volumeSizeRequest)).compareTo(quantity(string(oldSelf.volumeSizeRequest))) == 0",
    message = "spec.storageSpec.volumeSizeRequest is immutable")
@ValidationRule(
    value =
        "has(self.volumeSizeLimit) == has(oldSelf.volumeSizeLimit) && (!has(self.volumeSizeLimit) || quantity(string(self.volumeSizeLimit)).compareTo(quantity(string(oldSelf.volumeSizeLimit))) == 0)",
    message = "spec.storageSpec.volumeSizeLimit is immutable")
@ValidationRule(
    value = "quantity(string(self.volumeSizeRequest)).compareTo(quantity('1Mi')) >= 0",
    message = "spec.storageSpec.volumeSizeRequest must be at least 1Mi")
@ValidationRule(
    value =
        "!has(self.volumeSizeLimit) || quantity(string(self.volumeSizeLimit)).compareTo(quantity(string(self.volumeSizeRequest))) >= 0",
    message = "spec.storageSpec.volumeSizeLimit must not be smaller than volumeSizeRequest")
@ValidationRule(
    value =
        "!has(self.accessModes) || self.accessModes != 'ReadWriteMany' || (has(self.pvcName) && self.pvcName != '')",
    message = "spec.storageSpec.pvcName is required where accessModes is ReadWriteMany")
public class StorageSpec {

  /** How a claim may be mounted. */
  public enum AccessMode {
    ReadWriteOnce,
    ReadWriteMany
  }

  /** What becomes of the claims when the EtcdCluster is deleted. */
  public enum VolumeRetention {
    Retain,
    Delete
  }

  @JsonPropertyDescription(
      "ReadWriteOnce (a claim for each member, the default) or ReadWriteMany (one claim, pvcName,"
          + " for all members).")
  public AccessMode accessModes;

  @JsonPropertyDescription("The claims' storage class; the default one where it is not given.")
  public String storageClassName;

  @JsonPropertyDescription("An existing claim; only with ReadWriteMany.")
  public String pvcName;

  @JsonPropertyDescription("How much each claim requests.")
  @Required
  public Quantity volumeSizeRequest;

  @JsonPropertyDescription("The most that each claim may have; the request where it is not given.")
  public Quantity volumeSizeLimit;

  @JsonPropertyDescription(
      "Whether the claims are kept (Retain, the default) or deleted when the EtcdCluster is"
          + " deleted.")
  public VolumeRetention volumeRetention;
}
