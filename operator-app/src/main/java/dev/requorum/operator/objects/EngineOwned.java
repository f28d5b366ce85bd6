package dev.requorum.operator.objects;

import dev.requorum.ports.ClusterRef;
import dev.requorum.ports.kubernetes.OrdinalWindow;
import dev.requorum.ports.record.RecoveryRecord;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.apps.StatefulSetOrdinals;
import io.fabric8.kubernetes.api.model.apps.StatefulSetSpec;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The part of a StatefulSet that belongs to the recovery engine. Whoever writes the rest writes
 * this part back as it was read.
 *
 * @param armedFor the annotation's value (S14)
 */
record EngineOwned(OrdinalWindow window, boolean forceFlag, Optional<String> armedFor) {

  static final String FORCE_FLAG = "--force-new-cluster";
  static final String ARMED_ANNOTATION = "operator.etcd.io/force-new-cluster";

  private static final Pattern ANY_SPELLING = Pattern.compile("--?force-new-cluster(=.*)?");

  static EngineOwned of(StatefulSet live) {
    StatefulSetSpec spec = live.getSpec();
    StatefulSetOrdinals ordinals = spec.getOrdinals();
    int start = ordinals == null || ordinals.getStart() == null ? 0 : ordinals.getStart();
    boolean forceFlag =
        spec.getTemplate().getSpec().getContainers().stream()
            .filter(container -> container.getName().equals(EtcdPod.CONTAINER))
            .map(Container::getArgs)
            .flatMap(List::stream)
            .anyMatch(argument -> ANY_SPELLING.matcher(argument).matches());
    Optional<String> armedFor =
        Optional.ofNullable(live.getMetadata().getAnnotations())
            .map(annotations -> annotations.get(ARMED_ANNOTATION));
    return new EngineOwned(new OrdinalWindow(start, spec.getReplicas()), forceFlag, armedFor);
  }

  /**
   * For a StatefulSet that is not there: all members of a new cluster at once, and those whose
   * volumes a former cluster of that name left; of one that has lived, those that it had.
   *
   * @param former the ordinals of the volumes that a former cluster left
   */
  static EngineOwned atCreation(
      ClusterRef cluster, int size, RecoveryRecord record, Set<Integer> former) {
    OrdinalWindow window = new OrdinalWindow(0, size);
    if (record.lastKnown().bootstrapped()) {
      window = spanOfKnownMembers(cluster, record).orElse(window);
    } else {
      for (int ordinal : former) {
        window = window.including(ordinal);
      }
    }
    return new EngineOwned(window, false, Optional.empty());
  }

  private static Optional<OrdinalWindow> spanOfKnownMembers(
      ClusterRef cluster, RecoveryRecord record) {
    return record.lastKnown().members().stream()
        .flatMap(member -> cluster.ordinalOf(member.name()).stream().boxed())
        .map(OrdinalWindow::only)
        .reduce((left, right) -> left.including(right.start()));
  }
}
