package dev.requorum.ports.etcd;

import dev.requorum.ports.Fact;
import java.io.OutputStream;
import java.time.Duration;
import java.util.Optional;

/**
 * Reads from exactly one named member, over a connection to that member alone. None of them needs a
 * quorum.
 */
public interface MemberData {

  /**
   * Writes the member's backend snapshot to {@code to}, which stays open.
   *
   * <p>The stream is etcd's: the database file followed by a SHA-256 of 32 bytes, which {@code
   * etcdutl snapshot restore} checks.
   *
   * @return how many bytes were written
   * @throws dev.requorum.ports.PortFailure where the member fails or the limit passes; what was
   *     written by then is useless
   */
  long snapshot(MemberEndpoint member, OutputStream to, Duration limit);

  /**
   * The value of a key in the member's own store (a serializable read), as UTF-8; a known empty
   * where the key is not there.
   */
  Fact<Optional<String>> read(MemberEndpoint member, String key, Duration limit);
}
