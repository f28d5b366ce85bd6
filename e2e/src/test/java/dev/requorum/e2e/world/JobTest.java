package dev.requorum.e2e.world;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A Job of the operator's own image")
class JobTest {
  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final String IMAGE = "registry.example/requorum/operator:0.1.0-SNAPSHOT";
  private static final KubernetesClient CLIENT = SharedWorld.get().client();
  private static ClaimPods pods;

  @BeforeAll
  static void writeData() {
    pods = new ClaimPods(SharedWorld.get(), "job", "1Gi");
    pods.startMember("member", "/var/lib/etcd/kept", "node-2");
    pods.delete("member");
  }

  @AfterAll
  static void deleteAll() {
    pods.deleteNamespace();
  }

  @Test
  @DisplayName("runs any class of the operator's, on a member's volume, and completes")
  void completes() {
    assertThat(pods.directory().resolve("kept/member")).exists();
    List<String> java =
        List.of(
            "/opt/java/bin/java",
            "@/app/jvm.options",
            DirectoryRemoval.class.getName(),
            "/var/lib/etcd/kept");
    start("removal", ClaimPods.spec(IMAGE, java, List.of()));

    awaitJob("removal", job -> Integer.valueOf(1).equals(job.getStatus().getSucceeded()));
    assertThat(Files.exists(pods.directory().resolve("kept"))).isFalse();
    assertThat(pods.directory()).exists();
    assertThat(pod("removal").getSpec().getNodeName()).isEqualTo("node-2");
  }

  @Test
  @DisplayName("that names no command runs the operator with its arguments, and fails as it does")
  void runsTheEntryPoint() {
    start("misused", ClaimPods.spec(IMAGE, List.of(), List.of("no-such-command")));

    awaitJob("misused", job -> Integer.valueOf(1).equals(job.getStatus().getFailed()));
    assertThat(pod("misused").getStatus().getContainerStatuses().get(0).getState().getTerminated())
        .returns(2, end -> end.getExitCode())
        .satisfies(end -> assertThat(end.getMessage()).contains("no-such-command"));
  }

  private static void start(String name, PodSpec spec) {
    CLIENT
        .resource(
            new JobBuilder()
                .withNewMetadata()
                .withName(name)
                .withNamespace(pods.namespace())
                .endMetadata()
                .withNewSpec()
                .withBackoffLimit(0)
                .withNewTemplate()
                .withSpec(spec)
                .endTemplate()
                .endSpec()
                .build())
        .create();
  }

  private static void awaitJob(String name, Predicate<Job> condition) {
    Await.until(
        "the Job is as it should be",
        LIMIT,
        () -> condition.test(job(name)),
        () -> List.of(job(name).getStatus(), pod(name).getStatus()));
  }

  private static Job job(String name) {
    return CLIENT.batch().v1().jobs().inNamespace(pods.namespace()).withName(name).require();
  }

  private static Pod pod(String job) {
    return CLIENT
        .pods()
        .inNamespace(pods.namespace())
        .withLabel("job-name", job)
        .list()
        .getItems()
        .stream()
        .findFirst()
        .orElseThrow();
  }
}
