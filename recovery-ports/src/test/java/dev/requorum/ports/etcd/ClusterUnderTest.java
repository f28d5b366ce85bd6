package dev.requorum.ports.etcd;

import java.net.URI;
import java.util.Arrays;
import java.util.List;

/**
 * An etcd cluster that a contract test may break, with the ports to it. Its members are named
 * {@code m0}, {@code m1} and so on, and it is healthy when it is handed over.
 */
public interface ClusterUnderTest extends AutoCloseable {

  MemberProbe probe();

  Membership membership();

  MemberData data();

  MemberEndpoint endpoint(String name);

  URI peerUrl(String name);

  /** At once, without a goodbye to the others. */
  void kill(String name);

  /** The member stays as it is, its connections too, but does nothing any more. */
  void hang(String name);

  /** Starts a member that was killed, or for the first time one that was added. */
  void start(String name);

  /** Writes through the quorum. */
  void put(String key, String value);

  @Override
  void close();

  default List<MemberEndpoint> endpoints(String... names) {
    return Arrays.stream(names).map(this::endpoint).toList();
  }
}
