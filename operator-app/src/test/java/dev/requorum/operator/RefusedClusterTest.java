package dev.requorum.operator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.requorum.core.Decision;
import dev.requorum.core.Observation;
import dev.requorum.core.engine.Ports;
import dev.requorum.core.engine.RecoveryEngine;
import dev.requorum.core.engine.TurnListener;
import dev.requorum.core.recovery.RecoveryPolicy;
import dev.requorum.fabric8.Fabric8Announcer;
import dev.requorum.fabric8.Fabric8RecoveryRecords;
import dev.requorum.fabric8.Fabric8Workload;
import dev.requorum.operator.api.EtcdCluster;
import dev.requorum.operator.api.TlsSpec;
import dev.requorum.operator.config.OperatorConfig;
import dev.requorum.operator.objects.ClusterObjects;
import dev.requorum.operator.spec.SpecReader;
import dev.requorum.operator.status.StatusWriter;
import dev.requorum.operator.volumes.OwnImage;
import dev.requorum.operator.volumes.RemovalJobs;
import dev.requorum.operator.volumes.VolumeUpkeep;
import dev.requorum.operator.world.OperatorWorld;
import dev.requorum.operator.world.Told;
import dev.requorum.ports.ClusterRef;
import dev.requorum.ports.InMemoryPreservation;
import dev.requorum.ports.etcd.FakeEtcd;
import dev.requorum.ports.record.RecoveryRecord;
import dev.requorum.ports.record.SampleRecords;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A cluster whose manifest or objects are refused, on a real API server")
class RefusedClusterTest {

  private static final String PLAIN = "version: v3.6.16, size: 3";
  private static final String TLS = PLAIN + ", tls: {provider: auto}";

  private final OperatorWorld world = OperatorWorld.shared();
  private final String namespace = world.newNamespace();
  private final Told told = new Told(world, namespace);
  private final KubernetesClient client = world.operator();
  private final Fabric8RecoveryRecords records = new Fabric8RecoveryRecords(client);
  private final ClusterRef demo = new ClusterRef(namespace, "demo");
  private final AtomicInteger turns = new AtomicInteger();
  private final TurnListener counting =
      new TurnListener() {
        @Override
        public void decided(Observation seen, RecoveryRecord before, Decision decision) {
          turns.incrementAndGet();
        }
      };
  private ClusterRound round;

  @BeforeEach
  void wire() {
    InstantSource clock = InstantSource.system();
    FakeEtcd nobody = new FakeEtcd("elsewhere-0");
    Ports ports =
        new Ports(
            new Fabric8Workload(client),
            nobody.probe(),
            nobody.membership(),
            new InMemoryPreservation(),
            records,
            new Fabric8Announcer(client, "test"),
            clock);
    round =
        new ClusterRound(
            new SpecReader(RecoveryPolicy.defaults(), "etcd"),
            new ClusterRound.Belongings(
                new ClusterObjects(client),
                new VolumeUpkeep(
                    ports.restoration(),
                    new RemovalJobs(
                        client,
                        new OwnImage(
                            client,
                            new OperatorConfig.Itself(
                                Optional.empty(), Optional.empty(), Optional.empty()))))),
            records,
            new RecoveryEngine(ports, counting),
            new ClusterRound.Reporting(new StatusWriter(client, clock), ports.announcer(), clock));
  }

  @AfterEach
  void close() {
    client.close();
  }

  @Test
  @DisplayName("has the engine's turn all the same, while its objects are left alone")
  void invalidSpec() {
    create(PLAIN);
    run();
    lived();
    String before = statefulSet().getMetadata().getResourceVersion();
    EtcdCluster refused = world.find(namespace, "demo");
    refused.getSpec().tls = new TlsSpec();

    round.run(refused);

    told.awaitCondition("demo", "Progressing", "False", "InvalidSpec");
    told.awaitEvent("demo", "Warning", "InvalidSpec", "spec.tls is not supported yet");
    assertThat(turns).hasValue(2);
    assertThat(told.condition("demo", "Available")).doesNotContain("InvalidSpec");
    assertThat(statefulSet().getMetadata().getResourceVersion()).isEqualTo(before);
  }

  @Test
  @DisplayName("has nothing to be recovered where it never lived")
  void neverLived() {
    create(TLS);

    run();

    assertThat(told.condition("demo", "Available")).startsWith("Unknown InvalidSpec");
    assertThat(turns).hasValue(0);
  }

  @Test
  @DisplayName("is adopted again, and looked after, where an owner reference was taken off by hand")
  void ownerReferenceRemoved() {
    create(PLAIN);
    run();
    lived();
    disown(state());

    run();

    assertThat(state().getMetadata().getOwnerReferences()).hasSize(1);
    assertThat(told.condition("demo", "Progressing")).doesNotContain("NameTaken");
    assertThat(turns).hasValue(2);
  }

  @Test
  @DisplayName("is looked after where its Service is somebody else's, which is left alone")
  void foreignService() {
    create(PLAIN);
    run();
    lived();
    foreign(world.admin().services().inNamespace(namespace).withName("demo").get());

    run();

    assertThat(told.condition("demo", "Progressing")).startsWith("False NameTaken: Service");
    assertThat(turns).hasValue(2);
  }

  @Test
  @DisplayName("is not touched at all where its StatefulSet is somebody else's")
  void foreignStatefulSet() {
    create(PLAIN);
    run();
    lived();
    foreign(statefulSet());

    run();

    assertThat(told.condition("demo", "Progressing")).startsWith("False NameTaken: StatefulSet");
    assertThat(turns).hasValue(1);
  }

  private void run() {
    round.run(world.find(namespace, "demo"));
  }

  /** As a cluster is remembered whose members were all well once; nothing runs now. */
  private void lived() {
    RecoveryRecord steady = SampleRecords.steady();
    records.store(demo, steady, records.load(demo).version()).orElseThrow();
  }

  private void create(String spec) {
    world.create(
        namespace,
        """
        apiVersion: operator.etcd.io/v1alpha1
        kind: EtcdCluster
        metadata: {name: demo}
        spec: {%s}
        """
            .formatted(spec));
  }

  private void disown(HasMetadata object) {
    object.getMetadata().setOwnerReferences(List.of());
    world.admin().resource(object).update();
  }

  private void foreign(HasMetadata object) {
    object.getMetadata().getOwnerReferences().get(0).setName("somebody");
    object.getMetadata().getOwnerReferences().get(0).setUid("somebody-elses");
    world.admin().resource(object).update();
  }

  private HasMetadata state() {
    return world.admin().configMaps().inNamespace(namespace).withName("demo-state").get();
  }

  private StatefulSet statefulSet() {
    return world.admin().apps().statefulSets().inNamespace(namespace).withName("demo").get();
  }
}
