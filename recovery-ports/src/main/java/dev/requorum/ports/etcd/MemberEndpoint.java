package dev.requorum.ports.etcd;

import java.net.URI;
import java.util.Objects;

/**
 * Where one member's client API is looked for.
 *
 * @param name the member's name, which is its pod's
 * @param clientUrl a URL with a literal address where possible: the JVM remembers a failed DNS
 *     look-up for 10 s
 */
public record MemberEndpoint(String name, URI clientUrl) {

  public MemberEndpoint {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(clientUrl, "clientUrl");
  }
}
