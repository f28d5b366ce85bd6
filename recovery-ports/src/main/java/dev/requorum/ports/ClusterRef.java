package dev.requorum.ports;

import java.util.Objects;
import java.util.OptionalInt;
import java.util.regex.Pattern;

/**
 * Which etcd cluster: the namespace and name of its {@code EtcdCluster}, which are also those of
 * its StatefulSet and Service.
 */
public record ClusterRef(String namespace, String name) implements Comparable<ClusterRef> {

  private static final Pattern ORDINAL = Pattern.compile("0|[1-9][0-9]{0,8}");

  public ClusterRef {
    if (Objects.requireNonNull(namespace, "namespace").isBlank()) {
      throw new IllegalArgumentException("namespace must not be blank");
    }
    if (Objects.requireNonNull(name, "name").isBlank()) {
      throw new IllegalArgumentException("name must not be blank");
    }
  }

  /**
   * The name that the StatefulSet gives to the pod of this ordinal, which is the etcd member's name
   * too.
   */
  public String memberName(int ordinal) {
    return name + "-" + ordinal;
  }

  /** The ordinal in a member's or pod's name; empty where the name is not one of this cluster's. */
  public OptionalInt ordinalOf(String memberName) {
    String prefix = name + "-";
    if (!memberName.startsWith(prefix)) {
      return OptionalInt.empty();
    }
    String digits = memberName.substring(prefix.length());
    if (!ORDINAL.matcher(digits).matches()) {
      return OptionalInt.empty();
    }
    return OptionalInt.of(Integer.parseInt(digits));
  }

  @Override
  public int compareTo(ClusterRef other) {
    int byNamespace = namespace.compareTo(other.namespace);
    return byNamespace != 0 ? byNamespace : name.compareTo(other.name);
  }

  /** {@code namespace/name}. */
  @Override
  public String toString() {
    return namespace + "/" + name;
  }
}
