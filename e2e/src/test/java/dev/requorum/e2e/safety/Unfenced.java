package dev.requorum.e2e.safety;

import dev.requorum.core.engine.Ports;
import dev.requorum.ports.ClusterRef;
import dev.requorum.ports.Outcome;
import dev.requorum.ports.kubernetes.OrdinalWindow;
import dev.requorum.ports.kubernetes.PodView;
import dev.requorum.ports.kubernetes.StatefulSetView;
import dev.requorum.ports.kubernetes.Workload;
import dev.requorum.ports.kubernetes.WorkloadView;
import dev.requorum.ports.record.Incident;
import dev.requorum.ports.record.Phase;
import dev.requorum.ports.record.RecoveryRecords;
import dev.requorum.ports.record.Survivor;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.util.Optional;

/**
 * As soon as a rebuild is committed to, the StatefulSet is reported as cut to the survivor and all
 * others' pods as gone, while nothing is done to them. The real workload would still refuse to arm
 * it, so that is done here without asking.
 */
final class Unfenced extends ForwardingWorkload {

  private static final String ANNOTATION = "operator.etcd.io/force-new-cluster";
  private static final String FLAG = "--force-new-cluster";

  private final KubernetesClient client = new KubernetesClientBuilder().build();
  private final RecoveryRecords records;

  private Unfenced(Workload workload, RecoveryRecords records) {
    super(workload);
    this.records = records;
  }

  static Ports around(Ports real) {
    return Deceived.by(real, new Unfenced(real.workload(), real.records()), real.probe());
  }

  @Override
  public WorkloadView observe(ClusterRef cluster) {
    WorkloadView seen = super.observe(cluster);
    return survivor(cluster)
        .map(Survivor::ordinal)
        .map(OrdinalWindow::only)
        .map(window -> cutTo(window, cluster, seen))
        .orElse(seen);
  }

  private Optional<Survivor> survivor(ClusterRef cluster) {
    return records
        .load(cluster)
        .record()
        .ongoing()
        .filter(incident -> incident.phase() == Phase.REBUILDING)
        .flatMap(Incident::survivor);
  }

  private static WorkloadView cutTo(OrdinalWindow window, ClusterRef cluster, WorkloadView seen) {
    return new WorkloadView(
        seen.statefulSet().map(found -> found.map(set -> cutTo(set, window))),
        seen.pods().map(pods -> pods.stream().filter(pod -> runs(cluster, window, pod)).toList()),
        seen.volumes(),
        seen.nodes(),
        seen.initialCluster());
  }

  private static boolean runs(ClusterRef cluster, OrdinalWindow window, PodView pod) {
    return cluster.ordinalOf(pod.name()).stream().anyMatch(window::contains);
  }

  private static StatefulSetView cutTo(StatefulSetView set, OrdinalWindow window) {
    return new StatefulSetView(
        set.uid(), set.generation(), window, set.armedFor(), set.forceFlag(), set.storage());
  }

  @Override
  public Outcome arm(ClusterRef cluster, StatefulSetView seen, String survivor, String incident) {
    client
        .apps()
        .statefulSets()
        .inNamespace(cluster.namespace())
        .withName(cluster.name())
        .edit(set -> armed(set, incident));
    return Outcome.done();
  }

  private static StatefulSet armed(StatefulSet set, String incident) {
    return set.edit()
        .editMetadata()
        .addToAnnotations(ANNOTATION, incident)
        .endMetadata()
        .editSpec()
        .editTemplate()
        .editSpec()
        .editFirstContainer()
        .addToArgs(FLAG)
        .endContainer()
        .endSpec()
        .endTemplate()
        .endSpec()
        .build();
  }
}
