package dev.requorum.fabric8;

import dev.requorum.ports.ClusterRef;
import dev.requorum.ports.kubernetes.RestoreView;
import io.fabric8.kubernetes.api.model.ContainerState;
import io.fabric8.kubernetes.api.model.ContainerStateTerminated;
import io.fabric8.kubernetes.api.model.ContainerStateWaiting;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodStatus;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What the pod of a restore says, in the words of the ports. */
final class RestorePods {

  /** The annotation that names the directory that is restored into. */
  static final String INTO = "operator.etcd.io/restore-directory";

  /** The label that says of which cluster it is the restore. */
  static final String OF = "operator.etcd.io/restore";

  private static final int LONGEST_DETAIL = 500;

  /** Waiting for these is waiting in vain. */
  private static final Set<String> HOPELESS =
      Set.of(
          "CreateContainerConfigError",
          "ErrImageNeverPull",
          "InvalidImageName",
          "RunContainerError");

  /** Waiting for these ends only when somebody mends the image or the way to its registry. */
  private static final Set<String> NO_IMAGE =
      Set.of("ErrImagePull", "ImagePullBackOff", "RegistryUnavailable");

  /** How container runtimes say that the image has no etcdutl. */
  private static final Pattern NO_ETCDUTL =
      Pattern.compile("no such file or directory|executable file not found");

  /** etcdutl ends with a line {@code Error: ...}; what goes before is its log, in JSON. */
  private static final Pattern ERROR = Pattern.compile("(?m)^Error: (.*)$");

  private RestorePods() {}

  static String name(ClusterRef cluster) {
    return cluster.name() + "-restore";
  }

  /** False for a pod that merely has the name: somebody else's, which is not ours to delete. */
  static boolean isRestore(ClusterRef cluster, Pod pod) {
    Map<String, String> labels =
        Optional.ofNullable(pod.getMetadata().getLabels()).orElseGet(Map::of);
    return cluster.name().equals(labels.get(OF));
  }

  /** Empty where somebody took the annotation off: then it is nobody's restore. */
  static String directory(Pod pod) {
    return Optional.ofNullable(pod.getMetadata().getAnnotations())
        .map(annotations -> annotations.get(INTO))
        .orElse("");
  }

  static RestoreView view(Pod pod) {
    PodStatus status = pod.getStatus() == null ? new PodStatus() : pod.getStatus();
    return new RestoreView(
        pod.getMetadata().getName(),
        pod.getMetadata().getUid(),
        directory(pod),
        state(status),
        Optional.ofNullable(pod.getSpec().getNodeName()).filter(node -> !node.isBlank()),
        pod.getMetadata().getDeletionTimestamp() != null,
        detail(pod, status));
  }

  private static RestoreView.State state(PodStatus status) {
    boolean endedWell =
        ended(status).stream().anyMatch(exit -> Integer.valueOf(0).equals(exit.getExitCode()));
    if ("Succeeded".equals(status.getPhase()) && endedWell) {
      return RestoreView.State.SUCCEEDED;
    }
    boolean endedBadly =
        ended(status).stream().anyMatch(exit -> !Integer.valueOf(0).equals(exit.getExitCode()));
    if ("Failed".equals(status.getPhase()) || endedBadly || hopeless(status)) {
      return RestoreView.State.FAILED;
    }
    boolean noImage =
        waiting(status).anyMatch(waiting -> NO_IMAGE.contains(String.valueOf(waiting.getReason())));
    return noImage ? RestoreView.State.STALLED : RestoreView.State.UNDER_WAY;
  }

  private static boolean hopeless(PodStatus status) {
    return waiting(status)
        .anyMatch(
            waiting ->
                HOPELESS.contains(String.valueOf(waiting.getReason()))
                    || NO_ETCDUTL.matcher(String.valueOf(waiting.getMessage())).find());
  }

  private static Stream<ContainerStateWaiting> waiting(PodStatus status) {
    return states(status).stream().map(ContainerState::getWaiting).filter(Objects::nonNull);
  }

  private static List<ContainerStateTerminated> ended(PodStatus status) {
    return states(status).stream()
        .map(ContainerState::getTerminated)
        .filter(Objects::nonNull)
        .toList();
  }

  private static List<ContainerState> states(PodStatus status) {
    return status.getContainerStatuses().stream()
        .map(ContainerStatus::getState)
        .filter(Objects::nonNull)
        .toList();
  }

  private static String detail(Pod pod, PodStatus status) {
    String words =
        ended(status).stream()
            .map(ContainerStateTerminated::getMessage)
            .filter(message -> message != null && !message.isBlank())
            .map(RestorePods::lastWords)
            .findFirst()
            .orElse("");
    String why = Pods.detail(pod);
    return words.isEmpty() ? why : why.isEmpty() ? words : words + " (" + why + ")";
  }

  private static String lastWords(String message) {
    Matcher error = ERROR.matcher(message);
    String words = message.strip();
    while (error.find()) {
      words = error.group(1).strip();
    }
    return words.length() > LONGEST_DETAIL
        ? "..." + words.substring(words.length() - LONGEST_DETAIL)
        : words;
  }
}
