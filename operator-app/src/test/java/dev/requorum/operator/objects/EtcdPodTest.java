package dev.requorum.operator.objects;

import static org.assertj.core.api.Assertions.assertThat;

import dev.requorum.operator.api.EtcdCluster;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.client.utils.Serialization;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("O02")
@DisplayName("A member's pod")
class EtcdPodTest {

  @Test
  @DisplayName("gets the operator's arguments, then the owner's, then the engine's flag")
  void args() {
    PodTemplateSpec template =
        pod("etcdOptions: [--quota-backend-bytes=1, --debug]").template(true);

    assertThat(etcd(template).getCommand()).containsExactly("/usr/local/bin/etcd");
    assertThat(etcd(template).getArgs())
        .containsExactly(
            "--name=$(POD_NAME)",
            "--listen-peer-urls=http://0.0.0.0:2380",
            "--listen-client-urls=http://0.0.0.0:2379",
            "--initial-advertise-peer-urls=http://$(POD_NAME).demo.$(POD_NAMESPACE).svc.cluster.local:2380",
            "--advertise-client-urls=http://$(POD_NAME).demo.$(POD_NAMESPACE).svc.cluster.local:2379",
            "--quota-backend-bytes=1",
            "--debug",
            "--force-new-cluster");
  }

  @Test
  @Tag("S16")
  @DisplayName("has no force-new-cluster flag unless the engine put it there")
  void unforced() {
    assertThat(etcd(pod("").template(false)).getArgs()).doesNotContain("--force-new-cluster");
  }

  @Test
  @DisplayName("reads the initial cluster from <name>-state, and mounts a directory of its own")
  void environment() {
    Container etcd = etcd(pod("storageSpec: {volumeSizeRequest: 1Gi}").template(false));

    assertThat(etcd.getEnvFrom())
        .extracting(source -> source.getConfigMapRef().getName())
        .containsExactly("demo-state");
    assertThat(etcd.getVolumeMounts())
        .extracting(
            mount -> mount.getName(),
            mount -> mount.getMountPath(),
            mount -> mount.getSubPathExpr())
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple("etcd-data", "/var/lib/etcd", "$(POD_NAME)"));
    assertThat(etcd.getReadinessProbe().getHttpGet().getPath()).isEqualTo("/readyz");
  }

  @Test
  @DisplayName("has no privileges, no token, and no place to write to but its data")
  void restricted() {
    PodTemplateSpec template = pod("").template(false);

    assertThat(template.getSpec().getAutomountServiceAccountToken()).isFalse();
    assertThat(template.getSpec().getSecurityContext().getRunAsNonRoot()).isTrue();
    assertThat(template.getSpec().getSecurityContext().getSeccompProfile().getType())
        .isEqualTo("RuntimeDefault");
    assertThat(etcd(template).getSecurityContext().getAllowPrivilegeEscalation()).isFalse();
    assertThat(etcd(template).getSecurityContext().getReadOnlyRootFilesystem()).isTrue();
    assertThat(etcd(template).getSecurityContext().getCapabilities().getDrop())
        .containsExactly("ALL");
  }

  @Test
  @DisplayName("keeps its data in the claim of its own, in the shared one, or in the pod")
  void storage() {
    assertThat(pod("storageSpec: {volumeSizeRequest: 1Gi}").template(false).getSpec().getVolumes())
        .isEmpty();
    assertThat(
            pod("storageSpec: {volumeSizeRequest: 1Gi, accessModes: ReadWriteMany, pvcName: all}")
                .template(false)
                .getSpec()
                .getVolumes())
        .extracting(volume -> volume.getPersistentVolumeClaim().getClaimName())
        .containsExactly("all");
    assertThat(pod("").template(false).getSpec().getVolumes())
        .allMatch(volume -> volume.getEmptyDir() != null)
        .hasSize(1);
  }

  @Test
  @DisplayName("carries the owner's labels, which cannot take the place of the selector's")
  void labels() {
    PodTemplateSpec template =
        pod("podTemplate: {metadata: {labels: {team: a, app: other}, annotations: {b: c}}}")
            .template(false);

    assertThat(template.getMetadata().getLabels())
        .containsEntry("team", "a")
        .containsEntry("app", "demo")
        .containsEntry("controller", "demo");
    assertThat(template.getMetadata().getAnnotations()).containsEntry("b", "c");
  }

  private static Container etcd(PodTemplateSpec template) {
    return template.getSpec().getContainers().get(0);
  }

  private static EtcdPod pod(String more) {
    EtcdCluster cluster =
        Serialization.unmarshal(
            """
            apiVersion: operator.etcd.io/v1alpha1
            kind: EtcdCluster
            metadata: {namespace: test, name: demo, uid: u}
            spec: {version: v3.6.16, size: 3, %s}
            """
                .formatted(more),
            EtcdCluster.class);
    return new EtcdPod(cluster, "etcd:v3.6.16");
  }
}
