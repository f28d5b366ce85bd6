package dev.requorum.fabric8;

import static org.assertj.core.api.Assertions.assertThat;

import dev.requorum.ports.kubernetes.PodView;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("What a pod says")
class PodsTest {

  @Test
  @DisplayName("A pod without node, address and status is there, and does not run")
  void bare() {
    PodView view = view("{}");

    assertThat(view.node()).isEmpty();
    assertThat(view.ip()).isEmpty();
    assertThat(view.running() || view.ready() || view.terminating()).isFalse();
  }

  @Test
  @DisplayName("A pod that cannot be scheduled says why")
  void unschedulable() {
    PodView view =
        view(
            "{conditions: [{type: PodScheduled, status: 'False', reason: Unschedulable,"
                + " message: no nodes available}]}");

    assertThat(view.detail()).isEqualTo("Unschedulable: no nodes available");
  }

  @Test
  @DisplayName("A pod that crashes says with what exit code, init containers too")
  void crashed() {
    PodView view =
        view(
            """
            {initContainerStatuses: [{name: restore, state: {terminated: {exitCode: 3, reason: Error}}}],
             containerStatuses: [{name: etcd, restartCount: 4, state: {waiting: {reason: CrashLoopBackOff, message: 10s}},
               lastState: {terminated: {exitCode: 2, reason: Error}}}]}
            """);

    assertThat(view.running()).isFalse();
    assertThat(view.restarts()).isEqualTo(4);
    assertThat(view.detail())
        .contains("container restore ended with exit code 3 (Error)")
        .contains("CrashLoopBackOff: 10s")
        .contains("container etcd ended with exit code 2 (Error)");
  }

  @Test
  @DisplayName("It is etcd's container that counts, wherever it stands among the others")
  void sidecar() {
    PodView view =
        view(
            "{containerStatuses: [{name: sidecar, state: {running: {}}}, {name: etcd, state: {}}]}");

    assertThat(view.running()).isFalse();
    assertThat(view.forceFlag()).isTrue();
  }

  @Test
  @DisplayName("A pod is outdated where its revision is known to be another than the template's")
  void outdated() {
    assertThat(view("{}", Optional.of("new")).outdated()).isTrue();
    assertThat(view("{}", Optional.of("old")).outdated()).isFalse();
    assertThat(view("{}", Optional.empty()).outdated()).isFalse();
  }

  private static PodView view(String status) {
    return view(status, Optional.empty());
  }

  private static PodView view(String status, Optional<String> revision) {
    String manifest =
        """
        apiVersion: v1
        kind: Pod
        metadata: {name: demo-0, uid: u, labels: {controller-revision-hash: old}}
        spec:
          containers:
            - {name: sidecar, args: [--quiet]}
            - {name: etcd, args: [--name=demo-0, --force-new-cluster]}
        status: %s
        """;
    return Pods.view(
        Serialization.unmarshal(manifest.formatted(status.strip().replace("\n", " ")), Pod.class),
        revision);
  }
}
