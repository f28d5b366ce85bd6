package dev.requorum.e2e.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.requorum.e2e.world.Await;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

@DisplayName("One surviving voter and a healthy learner, out of three voters")
@OnAnySite
class LearnerPresentTest {

  @RegisterExtension static final Stage STAGE = Stage.named("learner");

  private static final String OUTSIDER = "outsider";

  @Test
  @DisplayName("are a loss of quorum; the voter is the survivor, never the learner (S04)")
  @Tag("S04")
  void learnersDoNotCount() {
    TestCluster cluster = STAGE.healthyCluster("voters", 3);
    int survivor = 1;
    Map<String, String> keys = Stage.writeSixKeys(cluster, survivor);
    addLearner(cluster);
    String claim = cluster.claimUid(survivor);
    try (HeldDown held = HeldDown.of(cluster, List.of(0, 2))) {
      held.awaitRebuilding(Stage.LIMIT);
    }
    assertThat(cluster.recovery().survivor.name).isEqualTo(cluster.pod(survivor));
    cluster.awaitPhase(Stage.LIMIT, "Completed");
    cluster.awaitHealthy(3, Stage.LIMIT);
    RecoveryAssertions.assertRecovered(cluster, survivor, 3, keys, claim);
  }

  /** A learner that somebody added by hand, in a pod of its own that the operator knows not of. */
  private static void addLearner(TestCluster cluster) {
    STAGE.site().client().resource(outsider(cluster)).create();
    Await.until(
        "the outsider has an address", Stage.LIMIT, () -> address() != null, cluster::describe);
    Await.until(
        "etcd takes the outsider in, some seconds after its members found each other",
        Stage.LIMIT,
        () -> isAdded(cluster),
        cluster::describe);
    Await.until(
        "the outsider has joined as a learner",
        Stage.LIMIT,
        () -> hasCaughtUp(),
        cluster::describe);
  }

  private static boolean isAdded(TestCluster cluster) {
    String peerUrl = "http://%s:2380".formatted(address());
    try {
      cluster.etcdctl(1, "member", "add", OUTSIDER, "--learner", "--peer-urls=" + peerUrl);
      return true;
    } catch (RuntimeException notYet) {
      return false;
    }
  }

  private static boolean hasCaughtUp() {
    try {
      return !STAGE
          .site()
          .etcdctl(STAGE.namespace(), OUTSIDER, "get", "--consistency=s", "six/key-6")
          .isBlank();
    } catch (RuntimeException notYet) {
      return false;
    }
  }

  private static String address() {
    Pod pod =
        STAGE.site().client().pods().inNamespace(STAGE.namespace()).withName(OUTSIDER).require();
    return pod.getStatus().getPodIP();
  }

  private static Pod outsider(TestCluster cluster) {
    String members =
        TestCluster.ordinals(3).stream()
            .map(
                ordinal ->
                    "%1$s=http://%1$s.%2$s.%3$s.svc.cluster.local:2380"
                        .formatted(cluster.pod(ordinal), cluster.name(), STAGE.namespace()))
            .collect(Collectors.joining(","));
    return new PodBuilder()
        .withNewMetadata()
        .withName(OUTSIDER)
        .withNamespace(STAGE.namespace())
        .endMetadata()
        .withNewSpec()
        .addNewContainer()
        .withName("etcd")
        .withImage("gcr.io/etcd-development/etcd:v" + Stage.VERSION)
        .withCommand("/usr/local/bin/etcd")
        .addNewEnv()
        .withName("POD_IP")
        .withNewValueFrom()
        .withNewFieldRef()
        .withFieldPath("status.podIP")
        .endFieldRef()
        .endValueFrom()
        .endEnv()
        .withArgs(
            "--name=" + OUTSIDER,
            "--data-dir=/var/lib/etcd",
            "--listen-client-urls=http://0.0.0.0:2379",
            "--advertise-client-urls=http://$(POD_IP):2379",
            "--listen-peer-urls=http://0.0.0.0:2380",
            "--initial-advertise-peer-urls=http://$(POD_IP):2380",
            "--initial-cluster-state=existing",
            "--initial-cluster=" + members + "," + OUTSIDER + "=http://$(POD_IP):2380")
        .endContainer()
        .endSpec()
        .build();
  }
}
