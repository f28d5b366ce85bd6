package dev.requorum.operator.deploy;

import dev.requorum.operator.world.OperatorWorld;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a kustomization without patches makes: its resources with its labels. One that says anything
 * else is refused, so that nothing is left out unseen.
 */
final class Kustomization {

  private Kustomization() {}

  /**
   * The objects of a folder of the repository, as parsed YAML.
   *
   * @throws IllegalStateException where it says more than is understood here
   */
  static List<Map<String, Object>> build(String folder) throws IOException {
    return build(OperatorWorld.repository(folder));
  }

  /** All documents of a file; a number is what it is worth, as kustomize writes 1.0 as 1. */
  static List<Map<String, Object>> documents(Path file) throws IOException {
    List<Map<String, Object>> documents = new ArrayList<>();
    for (String document : Files.readString(file).split("(?m)^---$")) {
      documents.add(map(plain(Serialization.unmarshal(document, Map.class))));
    }
    return documents;
  }

  private static List<Map<String, Object>> build(Path folder) throws IOException {
    Map<String, Object> says = documents(folder.resolve("kustomization.yaml")).get(0);
    List<Map<String, Object>> objects = new ArrayList<>();
    for (Map.Entry<String, Object> entry : says.entrySet()) {
      switch (entry.getKey()) {
        case "apiVersion", "kind", "labels" -> {}
        case "resources" -> {
          for (Object resource : (Collection<?>) entry.getValue()) {
            Path path = folder.resolve((String) resource).normalize();
            objects.addAll(Files.isDirectory(path) ? build(path) : documents(path));
          }
        }
        default ->
            throw new IllegalStateException(
                "%s: %s is not understood here".formatted(folder, entry.getKey()));
      }
    }
    for (Object labels : (Collection<?>) says.getOrDefault("labels", List.of())) {
      objects.forEach(object -> label(object, map(map(labels).get("pairs"))));
    }
    return objects;
  }

  private static Object plain(Object yaml) {
    if (yaml instanceof Map<?, ?> mapping) {
      Map<Object, Object> copy = new TreeMap<>();
      mapping.forEach((key, value) -> copy.put(key, plain(value)));
      return copy;
    }
    if (yaml instanceof Collection<?> sequence) {
      return new ArrayList<>(sequence.stream().map(Kustomization::plain).toList());
    }
    return yaml instanceof Number number ? (Object) number.doubleValue() : yaml;
  }

  private static void label(Map<String, Object> object, Map<String, Object> pairs) {
    Map<String, Object> metadata = map(object.get("metadata"));
    Map<String, Object> all = new TreeMap<>(map(metadata.getOrDefault("labels", Map.of())));
    all.putAll(pairs);
    metadata.put("labels", all);
  }

  @SuppressWarnings("unchecked") // a mapping of YAML, whose keys are strings in every manifest
  static Map<String, Object> map(Object mapping) {
    return (Map<String, Object>) mapping;
  }
}
