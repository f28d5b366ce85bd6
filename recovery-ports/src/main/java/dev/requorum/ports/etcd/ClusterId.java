package dev.requorum.ports.etcd;

/**
 * A cluster's id, which members compare before they talk to each other: 64 bits, unsigned, written
 * in hexadecimal as etcd itself writes it.
 */
public record ClusterId(long bits) implements Comparable<ClusterId> {

  /**
   * @param hex as in {@code etcdctl member list}
   * @throws NumberFormatException where it is not an unsigned 64-bit hexadecimal number
   */
  public static ClusterId parse(String hex) {
    return new ClusterId(Long.parseUnsignedLong(hex, 16));
  }

  @Override
  public int compareTo(ClusterId other) {
    return Long.compareUnsigned(bits, other.bits);
  }

  @Override
  public String toString() {
    return Long.toHexString(bits);
  }
}
