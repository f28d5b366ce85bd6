package dev.requorum.operator.objects;

import dev.requorum.fabric8.InitialClusterData;
import dev.requorum.operator.api.EtcdCluster;
import dev.requorum.ports.ClusterGoal;
import dev.requorum.ports.kubernetes.InitialCluster;
import dev.requorum.ports.kubernetes.OrdinalWindow;
import dev.requorum.ports.record.Incident;
import dev.requorum.ports.record.Phase;
import dev.requorum.ports.record.RecoveryRecord;
import dev.requorum.ports.record.RestoreTry;
import dev.requorum.ports.record.Strategy;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The ConfigMap {@code <name>-state}, as it is when it is made; after that it is the engine's. */
final class StateConfigMap {

  private StateConfigMap() {}

  static String name(EtcdCluster cluster) {
    return cluster.getMetadata().getName() + "-state";
  }

  static ConfigMap of(EtcdCluster cluster, InitialCluster content) {
    return new ConfigMapBuilder()
        .withMetadata(Ownership.metadata(cluster, name(cluster)))
        .withData(InitialClusterData.render(content))
        .build();
  }

  /**
   * All members that a new cluster starts with; nobody where the cluster has lived, or a former one
   * of that name left volumes: a member whose volume is missing among them must not start as its
   * former self. With the directory that the data is in by now.
   */
  static InitialCluster first(
      ClusterGoal goal, OrdinalWindow window, RecoveryRecord record, FormerVolumes former) {
    if (record.lastKnown().bootstrapped()) {
      return InitialCluster.sealed().in(directory(record));
    }
    if (!former.isEmpty()) {
      return InitialCluster.sealed().in(former.directory());
    }
    Map<String, URI> members = new TreeMap<>();
    window
        .ordinals()
        .forEach(ordinal -> members.put(goal.cluster().memberName(ordinal), goal.peerUrl(ordinal)));
    return new InitialCluster(InitialCluster.State.NEW, members);
  }

  /** What was restored, from the instant on at which the survivor may have been started on it. */
  private static Optional<String> directory(RecoveryRecord record) {
    return record
        .ongoing()
        .filter(incident -> incident.phase() == Phase.REBUILDING)
        .filter(incident -> incident.armedAt().isPresent())
        .filter(incident -> incident.strategy() == Strategy.RESTORE)
        .flatMap(Incident::restore)
        .map(RestoreTry::directory)
        .or(() -> record.lastKnown().directory());
  }
}
