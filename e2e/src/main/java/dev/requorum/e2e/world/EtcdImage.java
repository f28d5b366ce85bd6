package dev.requorum.e2e.world;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The only image that this world's nodes can pull: etcd's, in the versions of which there are
 * binaries.
 *
 * @param version as in 3.6.16
 */
record EtcdImage(String version) {
  private static final Pattern REFERENCE =
      Pattern.compile("(?:.*/)?etcd:v?(\\d+\\.\\d+\\.\\d+)(?:@.*)?");

  /** The image of that reference, or nothing where it can't be pulled. */
  static Optional<EtcdImage> pull(String reference, Binaries binaries) {
    Matcher matcher = REFERENCE.matcher(reference);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    String version = matcher.group(1);
    boolean complete =
        binaries.has("etcd", version)
            && binaries.has("etcdctl", version)
            && binaries.has("etcdutl", version);
    return complete ? Optional.of(new EtcdImage(version)) : Optional.empty();
  }
}
