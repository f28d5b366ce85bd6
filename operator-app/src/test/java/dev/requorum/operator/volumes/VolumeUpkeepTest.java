package dev.requorum.operator.volumes;

import static dev.requorum.operator.volumes.Peace.FORMER;
import static dev.requorum.operator.volumes.Peace.IN_USE;
import static dev.requorum.operator.volumes.Peace.kept;
import static org.assertj.core.api.Assertions.assertThat;

import dev.requorum.core.quorum.Verdict;
import dev.requorum.core.recovery.RecoveryPolicy;
import dev.requorum.fabric8.ClaimAnnotations;
import dev.requorum.fabric8.Fabric8Restoration;
import dev.requorum.fabric8.Fabric8Workload;
import dev.requorum.fabric8.controlplane.Await;
import dev.requorum.operator.api.EtcdCluster;
import dev.requorum.operator.config.OperatorConfig;
import dev.requorum.operator.objects.ClusterObjects;
import dev.requorum.operator.spec.SpecReader;
import dev.requorum.operator.world.OperatorWorld;
import dev.requorum.ports.ClusterRef;
import dev.requorum.ports.kubernetes.VolumeMark;
import dev.requorum.ports.kubernetes.VolumeMarks;
import dev.requorum.ports.kubernetes.VolumeMarks.KeptDirectory;
import dev.requorum.ports.record.RecoveryRecord;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.PodConditionBuilder;
import io.fabric8.kubernetes.api.model.PodStatusBuilder;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobConditionBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName(
    "Directories that were kept, on a real API server under the rights that the repository ships")
class VolumeUpkeepTest {

  private static final OperatorConfig.Itself ITSELF =
      new OperatorConfig.Itself(
          Optional.of("requorum/operator:test"), Optional.empty(), Optional.empty());

  private final OperatorWorld world = OperatorWorld.shared();
  private final String namespace = world.newNamespace();
  private final KubernetesClient client = world.operator();
  private final Fabric8Restoration claims = new Fabric8Restoration(client);
  private final ClusterRef demo = new ClusterRef(namespace, "demo");
  private VolumeUpkeep upkeep = upkeep(ITSELF);
  private EtcdCluster cluster;

  @BeforeEach
  void runningCluster() {
    cluster =
        world.create(
            namespace,
            """
            apiVersion: operator.etcd.io/v1alpha1
            kind: EtcdCluster
            metadata: {name: demo}
            spec:
              version: v3.6.16
              size: 1
              storageSpec: {volumeSizeRequest: 1Gi}
              podTemplate: {spec: {tolerations: [{key: etcd, operator: Exists}]}}
            """);
    new ClusterObjects(client)
        .ensure(
            cluster,
            ((SpecReader.Accepted) new SpecReader(RecoveryPolicy.defaults(), "etcd").read(cluster))
                .request(),
            RecoveryRecord.empty());
    Await.until(
        "the member's pod and claim are made",
        () ->
            pod() == null || claim() == null
                ? Optional.of("pod %s, claim %s".formatted(pod(), claim()))
                : Optional.empty());
    ready(true);
  }

  @AfterEach
  void close() {
    client.close();
  }

  @Test
  @DisplayName("are removed by a Job beside the member's pod, as nobody, from that claim alone")
  void begun() {
    keep(kept("i-1", null));

    Upkeep told = tend(new Peace());

    assertThat(told.state()).isEqualTo(Upkeep.State.UNDER_WAY);
    var spec = job().getSpec().getTemplate().getSpec();
    assertThat(spec.getContainers().get(0).getImage()).isEqualTo("requorum/operator:test");
    assertThat(spec.getContainers().get(0).getArgs())
        .containsExactly("remove-directory", "/var/lib/etcd", ".", IN_USE);
    assertThat(spec.getContainers().get(0).getVolumeMounts().get(0).getSubPath())
        .isEqualTo("demo-0");
    assertThat(spec.getVolumes().get(0).getPersistentVolumeClaim().getClaimName())
        .isEqualTo("etcd-data-demo-0");
    assertThat(
            spec.getAffinity()
                .getPodAffinity()
                .getRequiredDuringSchedulingIgnoredDuringExecution()
                .get(0)
                .getLabelSelector()
                .getMatchLabels())
        .isEqualTo(Map.of("statefulset.kubernetes.io/pod-name", "demo-0"));
    assertThat(pod().getMetadata().getLabels())
        .containsEntry("statefulset.kubernetes.io/pod-name", "demo-0");
    assertThat(spec.getTolerations()).extracting("key").containsExactly("etcd");
    assertThat(job().getMetadata().getOwnerReferences()).extracting("name").containsExactly("demo");
    assertThat(job().getSpec().getTemplate().getMetadata().getLabels())
        .doesNotContainKeys("app", "controller");
    assertThat(marks().kept()).containsExactly(kept("i-1", null));
  }

  @Test
  @DisplayName("are removed by pods that keep to the restricted pod security standard")
  void restricted() {
    world
        .admin()
        .namespaces()
        .withName(namespace)
        .edit(
            found -> {
              found
                  .getMetadata()
                  .getLabels()
                  .put("pod-security.kubernetes.io/enforce", "restricted");
              return found;
            });
    keep(kept("i-1", FORMER));
    tend(new Peace());
    Pod pod =
        new PodBuilder()
            .withNewMetadata()
            .withNamespace(namespace)
            .withName("demo-remove-kept-1")
            .endMetadata()
            .withSpec(job().getSpec().getTemplate().getSpec())
            .build();

    assertThat(world.admin().resource(pod).dryRun().create()).isNotNull();
  }

  @Test
  @DisplayName("are taken off the claim once the Job has succeeded, and the Job is deleted")
  void succeeded() {
    keep(kept("i-1", FORMER), kept("i-9", null));
    tend(new Peace());
    assertThat(job().getSpec().getTemplate().getSpec().getContainers().get(0).getArgs())
        .containsExactly("remove-directory", "/var/lib/etcd", FORMER, IN_USE);
    assertThat(tend(new Peace()).state()).isEqualTo(Upkeep.State.UNDER_WAY);
    assertThat(marks().kept()).hasSize(2);
    ended("SuccessCriteriaMet", "Complete");

    tend(new Peace());

    assertThat(marks())
        .isEqualTo(
            new VolumeMarks(
                Optional.of(IN_USE), Optional.of(Peace.MEMBER), List.of(kept("i-9", null))));
    awaitNoJob();
    assertThat(tend(new Peace())).isEqualTo(Upkeep.idle());
    assertThat(job()).isNull();
  }

  @Test
  @DisplayName("stay on the claim where the Job failed, which stays too and is not made again")
  void failed() {
    keep(kept("i-1", FORMER));
    tend(new Peace());
    ended("FailureTarget", "Failed");

    Upkeep told = tend(new Peace());

    assertThat(told.state()).isEqualTo(Upkeep.State.FAILED);
    assertThat(told.key()).isEqualTo(job().getMetadata().getUid());
    assertThat(told.message())
        .contains(
            FORMER + " on claim etcd-data-demo-0 could not be removed: it went wrong",
            "delete Job demo-remove-kept");
    assertThat(marks().kept()).hasSize(1);

    world.admin().resource(job()).delete();
    awaitNoJob();
    assertThat(tend(new Peace()).state()).isEqualTo(Upkeep.State.UNDER_WAY);
    assertThat(job()).isNotNull();
  }

  @Test
  @DisplayName("are left alone while an incident is under way, also with a Job that has succeeded")
  void incident() {
    keep(kept("i-1", FORMER));
    tend(new Peace());
    ended("SuccessCriteriaMet", "Complete");

    assertThat(tend(new Peace().verdict(Verdict.LOST))).isEqualTo(Upkeep.idle());

    assertThat(marks().kept()).hasSize(1);
    assertThat(job()).isNotNull();
  }

  @Test
  @DisplayName("stay while nobody has acknowledged their incident")
  void unacknowledged() {
    keep(kept("i-2", FORMER));

    assertThat(tend(new Peace().incident(Peace.unacknowledged("i-2")))).isEqualTo(Upkeep.idle());
    assertThat(job()).isNull();
  }

  @Test
  @DisplayName("are taken off the claim without a Job where they are what the members use")
  void inUse() {
    keep(kept("i-1", IN_USE));

    tend(new Peace());

    assertThat(job()).isNull();
    assertThat(marks().kept()).isEmpty();
    assertThat(marks().directory()).contains(IN_USE);
  }

  @Test
  @DisplayName("wait for the member's pod to be ready, so that its volume is where the Job goes")
  void podNotReady() {
    keep(kept("i-1", FORMER));
    ready(false);

    assertThat(tend(new Peace()).message()).contains("is removed once demo-0 is ready");
    assertThat(job()).isNull();
  }

  @Test
  @DisplayName("stay where it is not known which image to remove them with, and that is said")
  void noImage() {
    upkeep =
        upkeep(new OperatorConfig.Itself(Optional.empty(), Optional.empty(), Optional.empty()));
    keep(kept("i-1", FORMER));

    Upkeep told = tend(new Peace());

    assertThat(told.state()).isEqualTo(Upkeep.State.FAILED);
    assertThat(told.message()).contains("set OPERATOR_IMAGE");
    assertThat(job()).isNull();
  }

  @Test
  @DisplayName("are removed with the image of the operator's own pod")
  void ownImage() throws IOException {
    Pod operator = shippedPod();
    operator.getSpec().getContainers().get(0).setImage("registry.example.com/requorum:1");
    String name = world.admin().resource(operator).create().getMetadata().getName();
    upkeep =
        upkeep(
            new OperatorConfig.Itself(
                Optional.empty(), Optional.of("requorum"), Optional.of(name)));
    keep(kept("i-1", FORMER));

    tend(new Peace());

    assertThat(job().getSpec().getTemplate().getSpec().getContainers().get(0).getImage())
        .isEqualTo("registry.example.com/requorum:1");
    world.admin().pods().inNamespace("requorum").withName(name).delete();
  }

  private Pod shippedPod() throws IOException {
    try (InputStream manifest =
        Files.newInputStream(OperatorWorld.repository("deploy/install.yaml"))) {
      return world.admin().load(manifest).items().stream()
          .filter(Deployment.class::isInstance)
          .map(object -> ((Deployment) object).getSpec().getTemplate().getSpec())
          .findFirst()
          .map(
              spec ->
                  new PodBuilder()
                      .withNewMetadata()
                      .withGenerateName("operator-")
                      .withNamespace("requorum")
                      .endMetadata()
                      .withSpec(spec)
                      .build())
          .orElseThrow();
    }
  }

  @Test
  @DisplayName("are not touched for a Job of that name that is somebody else's")
  void foreignJob() {
    keep(kept("i-1", FORMER));
    tend(new Peace());
    Job foreign = job();
    foreign.getMetadata().setOwnerReferences(List.of());
    world.admin().resource(foreign).update();
    ended("SuccessCriteriaMet", "Complete");

    Upkeep told = tend(new Peace());

    assertThat(told.state()).isEqualTo(Upkeep.State.FAILED);
    assertThat(told.message()).contains("Job demo-remove-kept is refused", "already exists");
    assertThat(marks().kept()).hasSize(1);
    assertThat(job()).isNotNull();
  }

  @Test
  @DisplayName("are beside a mark of the directory in use on each claim, before anything else")
  void markedFirst() {
    claims.mark(
        demo,
        List.of(
            new VolumeMark(
                "demo-0",
                claim().getMetadata().getUid(),
                new VolumeMarks(
                    Optional.empty(), Optional.empty(), List.of(kept("i-1", FORMER))))));

    assertThat(tend(new Peace())).isEqualTo(Upkeep.idle());

    assertThat(marks().directory()).contains(IN_USE);
    assertThat(marks().kept()).containsExactly(kept("i-1", FORMER));
    assertThat(job()).isNull();
  }

  private VolumeUpkeep upkeep(OperatorConfig.Itself itself) {
    return new VolumeUpkeep(claims, new RemovalJobs(client, new OwnImage(client, itself)));
  }

  private Upkeep tend(Peace peace) {
    return upkeep.tend(cluster, peace.of(demo, new Fabric8Workload(client).observe(demo)).turn());
  }

  private void keep(KeptDirectory... kept) {
    VolumeMarks marks =
        new VolumeMarks(Optional.of(IN_USE), Optional.of(Peace.MEMBER), List.of(kept));
    assertThat(
            claims
                .mark(
                    demo, List.of(new VolumeMark("demo-0", claim().getMetadata().getUid(), marks)))
                .isDone())
        .isTrue();
  }

  private VolumeMarks marks() {
    return ClaimAnnotations.of(claim());
  }

  private PersistentVolumeClaim claim() {
    return world
        .admin()
        .persistentVolumeClaims()
        .inNamespace(namespace)
        .withName("etcd-data-demo-0")
        .get();
  }

  private Pod pod() {
    return world.admin().pods().inNamespace(namespace).withName("demo-0").get();
  }

  private void ready(boolean ready) {
    world
        .admin()
        .pods()
        .inNamespace(namespace)
        .withName("demo-0")
        .editStatus(
            pod -> {
              pod.setStatus(
                  new PodStatusBuilder()
                      .withPhase("Running")
                      .withConditions(
                          new PodConditionBuilder()
                              .withType("Ready")
                              .withStatus(ready ? "True" : "False")
                              .build())
                      .build());
              return pod;
            });
  }

  private Job job() {
    return world
        .admin()
        .batch()
        .v1()
        .jobs()
        .inNamespace(namespace)
        .withName("demo-remove-kept")
        .get();
  }

  private void awaitNoJob() {
    Await.until(
        "the Job is gone",
        () -> job() == null ? Optional.empty() : Optional.of(job().getMetadata().toString()));
  }

  /** As the Job controller says it, which takes two conditions. */
  private void ended(String first, String second) {
    for (List<String> types : List.of(List.of(first), List.of(first, second))) {
      world
          .admin()
          .batch()
          .v1()
          .jobs()
          .inNamespace(namespace)
          .withName("demo-remove-kept")
          .editStatus(
              job -> {
                job.getStatus().setStartTime(Instant.EPOCH.toString());
                if (second.equals("Complete") && types.size() == 2) {
                  job.getStatus().setSucceeded(1);
                  job.getStatus().setCompletionTime(Instant.EPOCH.toString());
                }
                job.getStatus()
                    .setConditions(
                        types.stream()
                            .map(
                                type ->
                                    new JobConditionBuilder()
                                        .withType(type)
                                        .withStatus("True")
                                        .withReason("Test")
                                        .withMessage("it went wrong")
                                        .withLastTransitionTime(Instant.EPOCH.toString())
                                        .build())
                            .toList());
                return job;
              });
    }
  }
}
