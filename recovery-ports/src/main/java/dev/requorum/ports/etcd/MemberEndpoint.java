package dev.requorum.ports.etcd;

import java.net.URI;
import java.util.Objects;
import java.util.Optional;

/**
 * Where one member is looked for.
 *
 * @param name the member's name, which is its pod's
 * @param clientUrl a URL with a literal address where possible: the JVM remembers a failed DNS
 *     look-up for 10 s
 * @param peerUrl where it listens for other members; empty where that is not to be asked
 */
public record MemberEndpoint(String name, URI clientUrl, Optional<URI> peerUrl) {

  /** Of which only the client API is asked. */
  public MemberEndpoint(String name, URI clientUrl) {
    this(name, clientUrl, Optional.empty());
  }

  public MemberEndpoint {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(clientUrl, "clientUrl");
    Objects.requireNonNull(peerUrl, "peerUrl");
  }
}
