package dev.requorum.e2e.world;

import io.fabric8.kubernetes.api.model.ConfigMapKeySelector;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvFromSource;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.EnvVarSource;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A container's environment as Kubernetes defines it: the image's, then envFrom, then env. */
final class ContainerEnvironment {
  private static final String IMAGE_PATH =
      "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";
  private static final Pattern REFERENCE = Pattern.compile("\\$\\$|\\$\\(([^)]+)\\)");
  private static final Pattern KEYED_FIELD =
      Pattern.compile("metadata\\.(labels|annotations)\\['(.+)']");

  private final Pod pod;
  private final String podAddress;
  private final ConfigMaps configMaps;

  ContainerEnvironment(Pod pod, String podAddress, ConfigMaps configMaps) {
    this.pod = pod;
    this.podAddress = podAddress;
    this.configMaps = configMaps;
  }

  /** The variables for one start of the container; ConfigMaps are read anew. */
  Map<String, String> variables(Container container) throws CannotStartException {
    Map<String, String> variables = new LinkedHashMap<>();
    variables.put("PATH", IMAGE_PATH);
    variables.put("HOSTNAME", pod.getMetadata().getName());
    for (EnvFromSource source : container.getEnvFrom()) {
      addAll(source, variables);
    }
    for (EnvVar variable : container.getEnv()) {
      Optional<String> value =
          variable.getValueFrom() == null
              ? Optional.of(
                  expand(variable.getValue() == null ? "" : variable.getValue(), variables))
              : valueFrom(variable.getName(), variable.getValueFrom());
      value.ifPresent(found -> variables.put(variable.getName(), found));
    }
    return variables;
  }

  /** Replaces $(NAME) by the variable's value where there is one, and $$ by $. */
  static String expand(String text, Map<String, String> variables) {
    return REFERENCE
        .matcher(text)
        .replaceAll(
            found -> {
              String name = found.group(1);
              String replacement = name == null ? "$" : variables.getOrDefault(name, found.group());
              return Matcher.quoteReplacement(replacement);
            });
  }

  private void addAll(EnvFromSource source, Map<String, String> variables)
      throws CannotStartException {
    if (source.getConfigMapRef() == null) {
      throw CannotStartException.badConfiguration(
          "this world's nodes know envFrom with configMapRef only");
    }
    String name = source.getConfigMapRef().getName();
    Optional<Map<String, String>> data = configMaps.read(name);
    if (data.isEmpty() && !Boolean.TRUE.equals(source.getConfigMapRef().getOptional())) {
      throw CannotStartException.badConfiguration("configmap \"%s\" not found".formatted(name));
    }
    String prefix = source.getPrefix() == null ? "" : source.getPrefix();
    data.orElse(Map.of()).forEach((key, value) -> variables.put(prefix + key, value));
  }

  private Optional<String> valueFrom(String variable, EnvVarSource source)
      throws CannotStartException {
    if (source.getFieldRef() != null) {
      return Optional.of(field(source.getFieldRef().getFieldPath()));
    }
    if (source.getConfigMapKeyRef() != null) {
      return configMapKey(source.getConfigMapKeyRef());
    }
    throw CannotStartException.badConfiguration(
        "env %s: this world's nodes know fieldRef and configMapKeyRef only".formatted(variable));
  }

  private Optional<String> configMapKey(ConfigMapKeySelector selector) throws CannotStartException {
    Optional<String> value =
        configMaps
            .read(selector.getName())
            .flatMap(data -> Optional.ofNullable(data.get(selector.getKey())));
    if (value.isEmpty() && !Boolean.TRUE.equals(selector.getOptional())) {
      throw CannotStartException.badConfiguration(
          "configmap \"%s\" with key \"%s\" not found"
              .formatted(selector.getName(), selector.getKey()));
    }
    return value;
  }

  private String field(String path) throws CannotStartException {
    Matcher keyed = KEYED_FIELD.matcher(path);
    if (keyed.matches()) {
      Map<String, String> entries =
          keyed.group(1).equals("labels")
              ? pod.getMetadata().getLabels()
              : pod.getMetadata().getAnnotations();
      return entries.getOrDefault(keyed.group(2), "");
    }
    switch (path) {
      case "metadata.name":
        return pod.getMetadata().getName();
      case "metadata.namespace":
        return pod.getMetadata().getNamespace();
      case "metadata.uid":
        return pod.getMetadata().getUid();
      case "spec.nodeName":
        return pod.getSpec().getNodeName();
      case "status.podIP":
      case "status.podIPs":
        return podAddress;
      default:
        throw CannotStartException.badConfiguration(
            "this world's nodes do not know the field " + path);
    }
  }
}
