package dev.requorum.operator.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.kubernetes.api.model.Affinity;
import io.fabric8.kubernetes.api.model.Toleration;
import java.util.List;
import java.util.Map;

/** {@code spec.podTemplate} of an EtcdCluster. Wire format. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public class PodTemplate {

  @JsonPropertyDescription("Labels and annotations of the pods.")
  public Metadata metadata;

  @JsonPropertyDescription("Where the pods may run.")
  public Scheduling spec;

  /** Labels and annotations. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public static class Metadata {
    public Map<String, String> annotations;
    public Map<String, String> labels;
  }

  /** Where a pod may run. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public static class Scheduling {
    public Affinity affinity;
    public Map<String, String> nodeSelector;
    public List<Toleration> tolerations;
  }
}
