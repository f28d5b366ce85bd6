package dev.requorum.ports.etcd;

/**
 * An etcd member's id, unique within its cluster and never given again: 64 bits, unsigned, written
 * in hexadecimal as etcd itself writes it.
 */
public record MemberId(long bits) implements Comparable<MemberId> {

  /**
   * @param hex as in {@code etcdctl member list}
   * @throws NumberFormatException where it is not an unsigned 64-bit hexadecimal number
   */
  public static MemberId parse(String hex) {
    return new MemberId(Long.parseUnsignedLong(hex, 16));
  }

  @Override
  public int compareTo(MemberId other) {
    return Long.compareUnsigned(bits, other.bits);
  }

  @Override
  public String toString() {
    return Long.toHexString(bits);
  }
}
