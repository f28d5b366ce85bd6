package dev.requorum.operator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.requorum.fabric8.controlplane.Await;
import dev.requorum.operator.api.EtcdCluster;
import dev.requorum.operator.world.OperatorWorld;
import dev.requorum.operator.world.Told;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName(
    "The running operator, on a real API server under the rights that the repository ships")
class RequorumOperatorTest {

  private final OperatorWorld world = OperatorWorld.shared();
  private final List<RequorumOperator> running = new ArrayList<>();
  private String namespace;
  private Told told;

  @TempDir private Path copies;

  @BeforeEach
  void ownNamespace() {
    namespace = world.newNamespace();
    told = new Told(world, namespace);
  }

  @AfterEach
  void stop() {
    running.forEach(RequorumOperator::close);
    world.admin().leases().inNamespace("requorum").withName("requorum").delete();
  }

  @Test
  @DisplayName("refuses a manifest with tls, says so, makes nothing, and goes on with the others")
  void tls() {
    create("secret", "version: v3.6.16, size: 3, tls: {provider: auto}");
    create("plain", "version: v3.6.16, size: 3");
    start(Map.of());

    told.awaitCondition("secret", "Progressing", "False", "InvalidSpec");
    told.awaitEvent("secret", "Warning", "InvalidSpec", "spec.tls is not supported yet");
    Await.until(
        "the other cluster's pods are made",
        () -> missing(world.admin().pods().inNamespace(namespace).withName("plain-2").get()));

    assertThat(told.condition("secret", "Available")).contains("Unknown InvalidSpec");
    assertThat(world.admin().services().inNamespace(namespace).withName("secret").get()).isNull();
    assertThat(world.admin().apps().statefulSets().inNamespace(namespace).withName("secret").get())
        .isNull();
    assertThat(told.condition("plain", "Degraded")).doesNotContain("False");
  }

  @Test
  @DisplayName("says it when a name is taken, touches nothing, and goes on once it is free")
  void nameTaken() {
    world
        .admin()
        .resource(
            new ConfigMapBuilder()
                .withNewMetadata()
                .withNamespace(namespace)
                .withName("demo-state")
                .endMetadata()
                .addToData("somebody", "else's")
                .build())
        .create();
    create("demo", "version: v3.6.16, size: 3");
    start(Map.of());

    told.awaitCondition("demo", "Progressing", "False", "NameTaken");
    told.awaitEvent("demo", "Warning", "NameTaken", "ConfigMap " + namespace + "/demo-state");
    assertThat(
            world
                .admin()
                .configMaps()
                .inNamespace(namespace)
                .withName("demo-state")
                .get()
                .getData())
        .containsExactly(Map.entry("somebody", "else's"));
    assertThat(world.admin().services().inNamespace(namespace).withName("demo").get()).isNull();

    world.admin().configMaps().inNamespace(namespace).withName("demo-state").delete();
    annotate("demo");
    Await.until(
        "the cluster's StatefulSet is made",
        () ->
            missing(
                world.admin().apps().statefulSets().inNamespace(namespace).withName("demo").get()));
  }

  @Test
  @DisplayName("says it when a pod cannot start, in Kubernetes' words")
  void podNeverStarts() {
    create("demo", "version: v3.99.0, size: 1");
    start(Map.of());
    Await.until("the pod is made", () -> missing(pod("demo-0")));

    world
        .admin()
        .pods()
        .inNamespace(namespace)
        .withName("demo-0")
        .editStatus(
            pod -> {
              pod.setStatus(
                  new io.fabric8.kubernetes.api.model.PodStatusBuilder()
                      .withPhase("Pending")
                      .addNewContainerStatus()
                      .withName("etcd")
                      .withImage("etcd")
                      .withImageID("")
                      .withReady(false)
                      .withRestartCount(0)
                      .withNewState()
                      .withNewWaiting("no such tag", "ImagePullBackOff")
                      .endState()
                      .endContainerStatus()
                      .build());
              return pod;
            });

    told.awaitEvent(
        "demo", "Warning", "MemberUnhealthy", "demo-0 does not start: ImagePullBackOff");
    Await.until(
        "the condition tells it too",
        () ->
            told.condition("demo", "Available").contains("ImagePullBackOff")
                ? Optional.empty()
                : Optional.of(told.condition("demo", "Available")));
  }

  @Test
  @DisplayName("answers /healthz, /readyz and /metrics, and forgets a cluster that was deleted")
  void endpoints() throws IOException, InterruptedException {
    create("demo", "version: v3.6.16, size: 1");
    RequorumOperator operator = start(Map.of());
    String mine = "requorum_recovery_attempts{name=\"demo\",namespace=\"" + namespace + "\"} 0.0";

    assertThat(get(operator, "/healthz").statusCode()).isEqualTo(200);
    assertThat(get(operator, "/readyz").statusCode()).isEqualTo(200);
    Await.until(
        "the cluster is measured", () -> expect(get(operator, "/metrics").body().contains(mine)));
    assertThat(get(operator, "/metrics").body())
        .contains("requorum_recovery_phase", "requorum_probe_seconds", "requorum_turns_total");

    world.admin().resources(EtcdCluster.class).inNamespace(namespace).withName("demo").delete();
    Await.until(
        "the cluster is forgotten", () -> expect(!get(operator, "/metrics").body().contains(mine)));
  }

  private RequorumOperator start(Map<String, String> more) {
    RequorumOperator operator =
        TestOperator.start(namespace, copies, more, world.operator(), () -> {});
    running.add(operator);
    return operator;
  }

  private EtcdCluster create(String name, String spec) {
    return world.create(
        namespace,
        """
        apiVersion: operator.etcd.io/v1alpha1
        kind: EtcdCluster
        metadata: {name: %s}
        spec: {%s}
        """
            .formatted(name, spec));
  }

  private void annotate(String name) {
    OperatorWorld.edit(
        world.admin().resources(EtcdCluster.class).inNamespace(namespace).withName(name),
        cluster -> {
          cluster.getMetadata().setAnnotations(Map.of("look", "again"));
        });
  }

  private Pod pod(String name) {
    return world.admin().pods().inNamespace(namespace).withName(name).get();
  }

  private static Optional<String> missing(Object object) {
    return object == null ? Optional.of("it does not exist") : Optional.empty();
  }

  private static Optional<String> expect(boolean holds) {
    return holds ? Optional.empty() : Optional.of("not yet");
  }

  private static HttpResponse<String> get(RequorumOperator operator, String path) {
    try {
      return HttpClient.newHttpClient()
          .send(
              HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + operator.httpPort() + path))
                  .build(),
              HttpResponse.BodyHandlers.ofString());
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
