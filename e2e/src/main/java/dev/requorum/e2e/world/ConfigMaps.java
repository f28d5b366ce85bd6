package dev.requorum.e2e.world;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A pod's ConfigMaps: as the API server has them now or, where it can't be reached, as they were
 * when last read. That is what a kubelet does.
 */
final class ConfigMaps {
  private final NodeConnection connection;
  private final String namespace;
  private final Map<String, Map<String, String>> lastRead = new HashMap<>();

  ConfigMaps(NodeConnection connection, String namespace) {
    this.connection = connection;
    this.namespace = namespace;
  }

  /**
   * The data of the ConfigMap, or nothing where there is none.
   *
   * @throws CannotStartException when it was never read and can't be read now
   */
  Optional<Map<String, String>> read(String name) throws CannotStartException {
    try {
      ConfigMap found =
          connection.ask(client -> client.configMaps().inNamespace(namespace).withName(name).get());
      if (found == null) {
        lastRead.remove(name);
        return Optional.empty();
      }
      Map<String, String> data = found.getData() == null ? Map.of() : Map.copyOf(found.getData());
      lastRead.put(name, data);
      return Optional.of(data);
    } catch (KubernetesClientException e) {
      if (lastRead.containsKey(name)) {
        return Optional.of(lastRead.get(name));
      }
      throw CannotStartException.badConfiguration(
          "can't read configmap \"%s\": %s".formatted(name, e.getMessage()));
    }
  }
}
