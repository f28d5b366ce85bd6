package dev.requorum.fabric8;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.requorum.fabric8.controlplane.ControlPlane;
import dev.requorum.fabric8.controlplane.Manifests;
import dev.requorum.ports.Announcement;
import dev.requorum.ports.Announcer;
import dev.requorum.ports.AnnouncerContract;
import dev.requorum.ports.ClusterRef;
import dev.requorum.ports.PortFailure;
import dev.requorum.ports.Reason;
import io.fabric8.kubernetes.api.model.Event;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Announcements as Kubernetes Events")
class Fabric8AnnouncerTest extends AnnouncerContract {

  private final ControlPlane plane = ControlPlane.shared();

  @Override
  protected Announcer announcer() {
    return new Fabric8Announcer(plane.operator(), "requorum-0");
  }

  @Override
  protected ClusterRef newCluster() {
    ClusterRef cluster = new ClusterRef("default", "a" + UUID.randomUUID());
    Manifests.createCluster(plane.admin(), cluster);
    return cluster;
  }

  @Override
  protected List<Seen> seen(ClusterRef cluster) {
    return events(cluster).stream()
        .map(e -> new Seen("Warning".equals(e.getType()), e.getReason(), e.getMessage()))
        .toList();
  }

  @Test
  @DisplayName(
      "An Event is about exactly this EtcdCluster, of the announcement's time, and says by whom")
  void event() {
    ClusterRef cluster = newCluster();
    announcer().announce(cluster, announcement());

    assertThat(events(cluster))
        .singleElement()
        .satisfies(
            event -> {
              assertThat(event.getInvolvedObject().getKind()).isEqualTo("EtcdCluster");
              assertThat(event.getInvolvedObject().getUid()).isNotBlank();
              assertThat(event.getReportingComponent()).isEqualTo("requorum");
              assertThat(event.getReportingInstance()).isEqualTo("requorum-0");
              assertThat(Instant.parse(event.getFirstTimestamp()))
                  .isEqualTo(Instant.parse("2026-01-31T12:00:00Z"));
            });
  }

  @Test
  @DisplayName("A cluster that was deleted and made again is another one")
  void recreated() {
    ClusterRef cluster = newCluster();
    announcer().announce(cluster, announcement());
    plane
        .admin()
        .genericKubernetesResources("operator.etcd.io/v1alpha1", "EtcdCluster")
        .inNamespace(cluster.namespace())
        .withName(cluster.name())
        .delete();
    Manifests.createCluster(plane.admin(), cluster);

    announcer().announce(cluster, announcement());

    assertThat(events(cluster)).hasSize(2);
  }

  @Test
  @DisplayName("Where it cannot be made, that is a failure, and it is made at the next turn")
  void failure() {
    ClusterRef nobody = new ClusterRef("default", "a" + UUID.randomUUID());
    Announcer announcer = announcer();
    assertThatThrownBy(() -> announcer.announce(nobody, announcement()))
        .isInstanceOf(PortFailure.class);

    Manifests.createCluster(plane.admin(), nobody);
    announcer.announce(nobody, announcement());

    assertThat(events(nobody)).hasSize(1);
  }

  private static Announcement announcement() {
    return new Announcement(
        "i1-started", false, Reason.RECOVERY_STARTED, "m", Instant.parse("2026-01-31T12:00:00.5Z"));
  }

  private List<Event> events(ClusterRef cluster) {
    return plane
        .admin()
        .v1()
        .events()
        .inNamespace(cluster.namespace())
        .withField("involvedObject.name", cluster.name())
        .list()
        .getItems();
  }
}
