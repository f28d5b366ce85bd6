package dev.requorum.ports.kubernetes;

import java.net.URI;
import java.util.Collections;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a member that starts with an empty disk is told: the content of the ConfigMap {@code
 * <name>-state}. A member with data ignores the membership in it, and finds its data by it.
 *
 * @param members peer URL by member name
 * @param directory the data directory of all members, by its name on each one's volume; empty for
 *     the volume's own top, where it is until a restore
 */
public record InitialCluster(
    State state, SortedMap<String, URI> members, Optional<String> directory) {

  private static final String SEAL = "sealed";

  /** {@code ETCD_INITIAL_CLUSTER_STATE}. */
  public enum State {
    NEW,
    EXISTING
  }

  public InitialCluster {
    Objects.requireNonNull(state, "state");
    members = Collections.unmodifiableSortedMap(new TreeMap<>(members));
    Objects.requireNonNull(directory, "directory");
  }

  /** With the data at the volume's own top. */
  public InitialCluster(State state, Map<String, URI> members) {
    this(state, new TreeMap<>(members), Optional.empty());
  }

  /** The same in another directory. */
  public InitialCluster in(Optional<String> next) {
    return new InitialCluster(state, members, next);
  }

  /**
   * Names no member of the cluster: whoever starts with an empty disk exits at once instead of
   * rejoining under its old id with no memory of what it acknowledged.
   */
  public static InitialCluster sealed() {
    return new InitialCluster(
        State.EXISTING, Map.of(SEAL, URI.create("http://sealed.invalid:2380")));
  }

  public boolean isSealed() {
    return equals(sealed().in(directory));
  }
}
