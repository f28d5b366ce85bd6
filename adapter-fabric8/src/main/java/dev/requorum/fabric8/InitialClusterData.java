package dev.requorum.fabric8;

import dev.requorum.ports.ClusterRef;
import dev.requorum.ports.kubernetes.InitialCluster;
import io.fabric8.kubernetes.api.model.ConfigMap;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The data of the ConfigMap {@code <name>-state}, which etcd reads as its environment. */
public final class InitialClusterData {

  private static final String STATE = "ETCD_INITIAL_CLUSTER_STATE";
  private static final String MEMBERS = "ETCD_INITIAL_CLUSTER";
  private static final String DATA_DIR = "ETCD_DATA_DIR";

  /** Where a member has its volume. */
  public static final String MOUNT = "/var/lib/etcd";

  private InitialClusterData() {}

  static String configMapName(ClusterRef cluster) {
    return cluster.name() + "-state";
  }

  /** The data that says this. */
  public static Map<String, String> render(InitialCluster content) {
    String members =
        content.members().entrySet().stream()
            .map(member -> member.getKey() + "=" + member.getValue())
            .collect(Collectors.joining(","));
    return Map.of(
        STATE,
        word(content.state()),
        MEMBERS,
        members,
        DATA_DIR,
        content.directory().map(leaf -> MOUNT + "/" + leaf).orElse(MOUNT));
  }

  /**
   * What the data says. Whatever could not have been written by {@link #render}, be it garbage or a
   * variable too many, says nothing that anybody could want: a content without members, so that it
   * is written anew.
   */
  static InitialCluster parse(ConfigMap configMap) {
    InitialCluster unusable = new InitialCluster(InitialCluster.State.EXISTING, Map.of());
    Map<String, String> data = configMap.getData();
    if (data == null
        || !data.keySet().equals(Set.of(STATE, MEMBERS, DATA_DIR))
        || !isDirectory(String.valueOf(data.get(DATA_DIR)))) {
      return unusable;
    }
    Optional<String> directory =
        Optional.of(data.get(DATA_DIR))
            .filter(path -> !path.equals(MOUNT))
            .map(path -> path.substring(MOUNT.length() + 1));
    Optional<SortedMap<String, URI>> members = members(data.get(MEMBERS));
    return state(data.get(STATE))
        .flatMap(state -> members.map(known -> new InitialCluster(state, known, directory)))
        .orElse(unusable);
  }

  private static boolean isDirectory(String path) {
    return path.equals(MOUNT)
        || path.startsWith(MOUNT + "/")
            && ClaimAnnotations.isLeaf(path.substring(MOUNT.length() + 1));
  }

  private static String word(InitialCluster.State state) {
    return switch (state) {
      case NEW -> "new";
      case EXISTING -> "existing";
    };
  }

  private static Optional<InitialCluster.State> state(String word) {
    for (InitialCluster.State state : InitialCluster.State.values()) {
      if (word(state).equals(word)) {
        return Optional.of(state);
      }
    }
    return Optional.empty();
  }

  private static Optional<SortedMap<String, URI>> members(String list) {
    SortedMap<String, URI> members = new TreeMap<>();
    for (String entry : list.split(",", -1)) {
      String[] parts = entry.split("=", 2);
      if (parts.length < 2 || parts[0].isBlank()) {
        return Optional.empty();
      }
      Optional<URI> url = url(parts[1]);
      if (url.isEmpty() || members.put(parts[0], url.get()) != null) {
        return Optional.empty();
      }
    }
    return Optional.of(members);
  }

  private static Optional<URI> url(String text) {
    try {
      return Optional.of(URI.create(text)).filter(url -> url.getHost() != null);
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
