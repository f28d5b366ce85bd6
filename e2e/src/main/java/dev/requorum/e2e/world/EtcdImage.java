package dev.requorum.e2e.world;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** etcd's image, in the versions of which there are binaries: these, and no shell. */
final class EtcdImage {
  private static final Pattern REFERENCE =
      Pattern.compile("(?:.*/)?etcd:v?(\\d+\\.\\d+\\.\\d+)(?:@.*)?");
  private static final List<String> NAMES = List.of("etcd", "etcdctl", "etcdutl");

  private EtcdImage() {}

  /** The image of that reference, or nothing where it can't be pulled. */
  static Optional<Image> pull(String reference, Binaries binaries) {
    Matcher matcher = REFERENCE.matcher(reference);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    String version = matcher.group(1);
    if (!NAMES.stream().allMatch(name -> binaries.has(name, version))) {
      return Optional.empty();
    }
    Stream<Mount> files =
        NAMES.stream()
            .map(name -> new Mount(binaries.path(name, version), "/usr/local/bin/" + name));
    return Optional.of(new Image(files.toList(), List.of(), List.of("/usr/local/bin/etcd")));
  }
}
