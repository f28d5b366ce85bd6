package dev.requorum.fabric8;

import io.fabric8.kubernetes.api.model.Container;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * The container that etcd runs in: the one called {@code etcd}, else the first.
 *
 * @param index its place in the pod's list of containers
 */
record EtcdContainer(int index, Container container) {

  static final String NAME = "etcd";

  private static final String FORCE = "--force-new-cluster";

  /** Go's flag package takes one dash or two, and a value after an equals sign. */
  private static final Pattern ANY_FORCE = Pattern.compile("--?force-new-cluster(=.*)?");

  /** After the last colon, which is no registry's port: no slash follows; before any digest. */
  private static final Pattern IMAGE_TAG = Pattern.compile("^[^@]*:([^/@:]+)(?:@.*)?$");

  /**
   * @param containers a pod's or a pod template's: one or more, by the API's own rules
   */
  static EtcdContainer of(List<Container> containers) {
    int index =
        IntStream.range(0, containers.size())
            .filter(i -> NAME.equals(containers.get(i).getName()))
            .findFirst()
            .orElse(0);
    return new EtcdContainer(index, containers.get(index));
  }

  /** Whether etcd is started with the flag, in whatever spelling. */
  static boolean forced(List<Container> containers) {
    return of(containers).args().stream().anyMatch(EtcdContainer::isForce);
  }

  /** The tag of its image; empty where that has none, or a digest alone. */
  Optional<String> imageTag() {
    return Optional.ofNullable(container.getImage())
        .map(IMAGE_TAG::matcher)
        .filter(Matcher::find)
        .map(found -> found.group(1));
  }

  void addForce(JsonPatch patch) {
    if (args().isEmpty()) {
      patch.set(path("args"), List.of(FORCE));
    } else {
      patch.set(path("args/-"), FORCE);
    }
  }

  void removeForce(JsonPatch patch) {
    List<String> args = args();
    for (int i = args.size() - 1; i >= 0; i--) {
      if (isForce(args.get(i))) {
        patch.remove(path("args/" + i));
      }
    }
  }

  private List<String> args() {
    return container.getArgs() == null ? List.of() : container.getArgs();
  }

  private String path(String field) {
    return "/spec/template/spec/containers/" + index + "/" + field;
  }

  private static boolean isForce(String arg) {
    return ANY_FORCE.matcher(arg).matches();
  }
}
