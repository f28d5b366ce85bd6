package dev.requorum.operator.volumes;

import dev.requorum.fabric8.ApiFailure;
import dev.requorum.operator.api.EtcdCluster;
import dev.requorum.operator.objects.DirectoryRemoval;
import dev.requorum.operator.objects.Ownership;
import dev.requorum.ports.PortFailure;
import io.fabric8.kubernetes.api.model.ContainerStateTerminated;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.DeletionPropagation;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobCondition;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.ScalableResource;
import java.net.HttpURLConnection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * The Jobs that remove directories, in the API server. Every method throws {@link PortFailure}
 * where it cannot tell what became of it.
 *
 * <p>RBAC: {@code jobs} (batch) get, create, delete; {@code pods} list.
 */
public final class RemovalJobs {

  private static final String JOB_LABEL = "batch.kubernetes.io/job-name";

  private final KubernetesClient client;
  private final OwnImage image;

  public RemovalJobs(KubernetesClient client, OwnImage image) {
    this.client = client;
    this.image = image;
  }

  /** The cluster's Job; somebody else's of that name is none. */
  Optional<RemovalJob> find(EtcdCluster cluster) {
    return live(cluster).filter(job -> Ownership.isOwned(cluster, job)).map(RemovalJob::of);
  }

  /**
   * Makes it.
   *
   * @return why it is not made; empty where it is
   */
  Optional<String> start(EtcdCluster cluster, DirectoryRemoval removal) {
    OwnImage.Reading own = image.read();
    if (own.image().isEmpty()) {
      return Optional.of(own.whyNot());
    }
    Job job = removal.job(cluster, own.image().get());
    try {
      client.resource(job).create();
      return Optional.empty();
    } catch (KubernetesClientException e) {
      if (e.getCode() >= HttpURLConnection.HTTP_BAD_REQUEST
          && e.getCode() < HttpURLConnection.HTTP_INTERNAL_ERROR) {
        return Optional.of(
            "Job %s is refused: %s".formatted(job.getMetadata().getName(), ApiFailure.inWords(e)));
      }
      throw new PortFailure("create Job " + job.getMetadata().getName(), e);
    }
  }

  /** With its pods; done where it is gone, or is another one by now. */
  void delete(EtcdCluster cluster, RemovalJob job) {
    if (live(cluster).filter(found -> found.getMetadata().getUid().equals(job.uid())).isEmpty()) {
      return;
    }
    call(
        "delete Job " + job.name(),
        () ->
            named(cluster, job.name())
                .withPropagationPolicy(DeletionPropagation.BACKGROUND)
                .delete());
  }

  /** The last words of its pods, or what the Job itself says. */
  String whyFailed(EtcdCluster cluster, RemovalJob job) {
    return lastWords(cluster, job)
        .or(() -> live(cluster).stream().flatMap(RemovalJobs::ownWords).findFirst())
        .orElse("nothing is known of why");
  }

  private Optional<String> lastWords(EtcdCluster cluster, RemovalJob job) {
    List<Pod> pods =
        call(
            "list the pods of Job " + job.name(),
            () ->
                client
                    .pods()
                    .inNamespace(cluster.getMetadata().getNamespace())
                    .withLabel(JOB_LABEL, job.name())
                    .list()
                    .getItems());
    return pods.stream()
        .flatMap(pod -> pod.getStatus().getContainerStatuses().stream())
        .map(ContainerStatus::getState)
        .filter(Objects::nonNull)
        .map(state -> state.getTerminated())
        .filter(Objects::nonNull)
        .map(ContainerStateTerminated::getMessage)
        .filter(message -> message != null && !message.isBlank())
        .map(String::strip)
        .findFirst();
  }

  private static Stream<String> ownWords(Job job) {
    return job.getStatus().getConditions().stream()
        .filter(condition -> "Failed".equals(condition.getType()))
        .map(JobCondition::getMessage)
        .filter(Objects::nonNull);
  }

  private Optional<Job> live(EtcdCluster cluster) {
    String name = DirectoryRemoval.jobName(cluster);
    return Optional.ofNullable(call("read Job " + name, () -> named(cluster, name).get()));
  }

  private ScalableResource<Job> named(EtcdCluster cluster, String name) {
    return client
        .batch()
        .v1()
        .jobs()
        .inNamespace(cluster.getMetadata().getNamespace())
        .withName(name);
  }

  private static <T> T call(String what, Supplier<T> request) {
    try {
      return request.get();
    } catch (KubernetesClientException e) {
      throw new PortFailure(what, e);
    }
  }
}
