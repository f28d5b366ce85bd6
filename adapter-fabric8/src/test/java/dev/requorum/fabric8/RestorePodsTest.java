package dev.requorum.fabric8;

import static org.assertj.core.api.Assertions.assertThat;

import dev.requorum.ports.kubernetes.RestoreView;
import dev.requorum.ports.kubernetes.RestoreView.State;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.utils.Serialization;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("What the pod of a restore says")
class RestorePodsTest {

  @Test
  @DisplayName("Without a status it is under way, on no node, and names its directory")
  void bare() {
    RestoreView view = view("{}");

    assertThat(view.state()).isEqualTo(State.UNDER_WAY);
    assertThat(view.node()).isEmpty();
    assertThat(view.directory()).isEqualTo("i-1-1");
    assertThat(view.terminating()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{phase: Succeeded}",
        "{phase: Running, containerStatuses: [{name: restore, state: {terminated: {exitCode: 0}}}]}",
        "{phase: Running, containerStatuses: [{name: restore, state: {running: {}}}]}",
        "{phase: Pending, containerStatuses: [{name: restore, state: {waiting: {reason:"
            + " ContainerCreating}}}]}",
        "{phase: Unknown}",
      })
  @DisplayName("Short of phase Succeeded and exit code 0 together, nothing is complete")
  void underWay(String status) {
    assertThat(view(status).state()).isEqualTo(State.UNDER_WAY);
  }

  @Test
  @DisplayName("Phase Succeeded with exit code 0 is complete")
  void succeeded() {
    assertThat(
            view("{phase: Succeeded, containerStatuses: [{name: restore, state: {terminated:"
                    + " {exitCode: 0, reason: Completed}}}]}")
                .state())
        .isEqualTo(State.SUCCEEDED);
  }

  @Test
  @DisplayName("A restore that failed says etcdutl's last error, not its log")
  void failed() {
    RestoreView view =
        view(
            "{phase: Failed, containerStatuses: [{name: restore, state: {terminated: {exitCode: 1,"
                + " reason: Error, message: \"{\\\"level\\\":\\\"info\\\"}\\nError: write"
                + " /var/lib/etcd/i-1-1: no space left on device\\n\"}}}]}");

    assertThat(view.state()).isEqualTo(State.FAILED);
    assertThat(view.detail())
        .startsWith("write /var/lib/etcd/i-1-1: no space left on device")
        .doesNotContain("level");
  }

  @Test
  @DisplayName("A pod that was evicted failed, and says why")
  void evicted() {
    RestoreView view = view("{phase: Failed, reason: Evicted, message: low on disk}");

    assertThat(view.state()).isEqualTo(State.FAILED);
    assertThat(view.detail()).contains("Evicted: low on disk");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "terminated: {exitCode: 128, reason: StartError, message: 'exec: etcdutl: no such file'}",
        "waiting: {reason: CreateContainerError, message: 'executable file not found in $PATH'}",
        "waiting: {reason: RunContainerError, message: 'etcdutl: no such file or directory'}",
        "waiting: {reason: ErrImageNeverPull, message: 'etcdutl: no such file is in no image'}",
      })
  @DisplayName(
      "An image without etcdutl failed, in the runtime's words, rather than being waited for")
  void withoutEtcdutl(String state) {
    RestoreView view =
        view("{phase: Pending, containerStatuses: [{name: restore, state: {" + state + "}}]}");

    assertThat(view.state()).isEqualTo(State.FAILED);
    assertThat(view.detail()).containsAnyOf("no such file", "executable file not found");
  }

  @Test
  @DisplayName("A pod that cannot be scheduled is under way and says why")
  void unschedulable() {
    RestoreView unschedulable =
        view(
            "{phase: Pending, conditions: [{type: PodScheduled, status: 'False', reason:"
                + " Unschedulable, message: volume node affinity conflict}]}");

    assertThat(unschedulable.state()).isEqualTo(State.UNDER_WAY);
    assertThat(unschedulable.detail()).contains("Unschedulable: volume node affinity conflict");
  }

  @ParameterizedTest
  @ValueSource(strings = {"ErrImagePull", "ImagePullBackOff", "RegistryUnavailable"})
  @DisplayName("A pod whose image cannot be had is stalled and says why")
  void withoutImage(String reason) {
    RestoreView pulling =
        view(
            "{phase: Pending, containerStatuses: [{name: restore, state: {waiting: {reason: %s,"
                    .formatted(reason)
                + " message: back-off}}}]}");

    assertThat(pulling.state()).isEqualTo(State.STALLED);
    assertThat(pulling.detail()).contains(reason + ": back-off");
  }

  private static RestoreView view(String status) {
    String manifest =
        """
        apiVersion: v1
        kind: Pod
        metadata:
          name: demo-restore
          uid: u
          annotations: {operator.etcd.io/restore-directory: i-1-1}
        spec: {containers: [{name: restore}]}
        status: %s
        """;
    return RestorePods.view(Serialization.unmarshal(manifest.formatted(status), Pod.class));
  }
}
