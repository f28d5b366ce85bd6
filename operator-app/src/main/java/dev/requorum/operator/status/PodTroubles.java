package dev.requorum.operator.status;

import dev.requorum.ports.kubernetes.PodView;
import dev.requorum.ports.kubernetes.WorkloadView;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Pods that do not start for a cause that will not go away by waiting, in Kubernetes' words.
 *
 * @param pods those that do not run
 */
public record PodTroubles(List<PodView> pods) {

  /** What the kubelet and the scheduler call such causes. */
  private static final Pattern LASTING =
      Pattern.compile(
          "CrashLoopBackOff|ImagePullBackOff|ErrImagePull|InvalidImageName|ErrImageNeverPull"
              + "|CreateContainerConfigError|CreateContainerError|RunContainerError|Unschedulable"
              + "|Evicted|FailedMount");

  public PodTroubles {
    pods = List.copyOf(pods);
  }

  /** Those of a cluster; none where its pods are not known. */
  public static PodTroubles of(WorkloadView workload) {
    return new PodTroubles(
        workload.pods().value().orElse(List.of()).stream()
            .filter(pod -> !pod.running() && !pod.terminating() && cause(pod).isPresent())
            .toList());
  }

  /** The cause's name; empty where the pod's trouble may pass. */
  public static Optional<String> cause(PodView pod) {
    return LASTING.matcher(pod.detail()).results().map(found -> found.group()).findFirst();
  }

  /** One clause for each pod; empty where there is none. */
  public String inWords() {
    return pods.stream()
        .map(pod -> pod.name() + " does not start: " + pod.detail())
        .collect(Collectors.joining("; "));
  }
}
