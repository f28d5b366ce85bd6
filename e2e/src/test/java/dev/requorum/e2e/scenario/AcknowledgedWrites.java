package dev.requorum.e2e.scenario;

import java.util.LinkedHashSet;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A client that writes one key after another through one member, and knows what it was promised.
 */
final class AcknowledgedWrites {

  private final TestCluster cluster;
  private final int ordinal;
  private final String prefix;
  private final Set<String> keys = new LinkedHashSet<>();
  private int tried;

  AcknowledgedWrites(TestCluster cluster, int ordinal) {
    this(cluster, ordinal, "acknowledged/");
  }

  /**
   * @param prefix of all its keys
   */
  AcknowledgedWrites(TestCluster cluster, int ordinal, String prefix) {
    this.prefix = prefix;
    this.cluster = cluster;
    this.ordinal = ordinal;
  }

  /** Tries to write one more key; whether that was acknowledged. */
  boolean write() {
    String key = prefix + ++tried;
    return cluster.tryPut(ordinal, key, "yes") && keys.add(key);
  }

  Set<String> keys() {
    return Set.copyOf(keys);
  }

  /** Those of them that a member has in its own store. */
  Set<String> keptBy(int member) {
    return cluster
        .etcdctl(member, "get", "--consistency=s", "--prefix", "--keys-only", prefix)
        .lines()
        .filter(keys::contains)
        .collect(Collectors.toSet());
  }
}
