package dev.requorum.operator.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;

/** {@code spec} of an EtcdCluster. Wire format. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@ValidationRule(
    value = "has(self.storageSpec) == has(oldSelf.storageSpec)",
    message =
        "spec.storageSpec is immutable: it can be neither added to nor taken from a cluster that"
            + " exists, because its members would start with empty disks")
@ValidationRule(
    value = "!has(self.tls) || has(oldSelf.tls)",
    message =
        "spec.tls is not supported yet and cannot be added to a cluster that exists: it would not be"
            + " looked after any more")
public class EtcdClusterSpec {

  /** The most members that an etcd cluster may sensibly have. */
  public static final int LARGEST = 9;

  @JsonPropertyDescription("How many voting members the cluster has.")
  @Required
  @Min(1)
  @Max(LARGEST)
  public Integer size;

  @JsonPropertyDescription("The version of etcd, which is the image's tag: v3.6.16.")
  @Required
  @Pattern("^v?3\\.[0-9]{1,3}\\.[0-9]{1,3}(-[0-9A-Za-z.-]{1,40})?$")
  @Size(max = 64)
  @ValidationRule(
      value = "!self.matches('^v?3[.]([0-4][.]|5[.]([0-9]|10)(-.*)?$)')",
      message = "spec.version must be 3.5.11 or newer")
  public String version;

  @JsonPropertyDescription(
      "The image without its tag. Where it is not given, the operator's own default applies.")
  @Pattern("^[a-zA-Z0-9][a-zA-Z0-9._:/-]{0,250}$")
  public String imageRegistry;

  @JsonPropertyDescription(
      "Where the members keep their data. Without it they keep it in their pods, and no lost quorum"
          + " can be recovered.")
  public StorageSpec storageSpec;

  @JsonPropertyDescription(
      "Further command-line options of etcd. Those that the operator sets itself are refused.")
  @Size(max = 64)
  @ValidationRule(
      value = "!self.exists(o, o.matches('" + OwnedOptions.PATTERN + "'))",
      message = "spec.etcdOptions names an option that the operator sets itself",
      messageExpression =
          "'spec.etcdOptions must not set ' + self.filter(o, o.matches('"
              + OwnedOptions.PATTERN
              + "'))[0] + ': the operator sets it itself'")
  public List<@Size(max = 1024) String> etcdOptions;

  @JsonPropertyDescription("What the members' pods have besides.")
  public PodTemplate podTemplate;

  @JsonPropertyDescription(
      "TLS. Not built yet: a cluster that asks for it is refused, never served in plain text.")
  public TlsSpec tls;

  @JsonPropertyDescription("When and how a lost quorum is recovered.")
  @Default("{}")
  public RecoverySpec recovery;
}
