package dev.requorum.operator.api;

import java.util.List;
import java.util.regex.Pattern;

/** The options of etcd that the operator sets itself, or that would undo what it sets. */
public final class OwnedOptions {

  /** Matches an element of {@code etcdOptions} that sets one of them; RE2 and Java alike. */
  static final String PATTERN =
      "^--?(name|data-dir|wal-dir|config-file|initial-[a-z-]+|listen-peer-urls|listen-client-urls"
          + "|listen-client-http-urls|advertise-[a-z-]+|force-new-cluster[a-z-]*|discovery[a-z-]*"
          + "|strict-reconfig-check|proxy[a-z-]*|cert-file|key-file|client-[a-z-]+|trusted-ca-file"
          + "|auto-tls|peer-[a-z-]+|self-signed-cert-validity)([= ].*)?$";

  private static final Pattern OWNED = Pattern.compile(PATTERN, Pattern.DOTALL);

  private OwnedOptions() {}

  /** Those of the given elements that set an option of the operator's. */
  public static List<String> among(List<String> etcdOptions) {
    return etcdOptions.stream().filter(option -> OWNED.matcher(option).matches()).toList();
  }
}
