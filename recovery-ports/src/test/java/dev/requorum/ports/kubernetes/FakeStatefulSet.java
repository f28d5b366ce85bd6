package dev.requorum.ports.kubernetes;

import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** The objects of one cluster in {@link FakeWorkload}. */
final class FakeStatefulSet {

  final String uid;
  final SortedMap<String, PodView> pods = new TreeMap<>();
  final SortedMap<String, VolumeView> volumes = new TreeMap<>();
  long generation = 1;
  OrdinalWindow window;
  Optional<String> armedFor = Optional.empty();
  boolean forceFlag;
  Optional<InitialCluster> initialCluster = Optional.empty();
  Optional<RestoreView> restore = Optional.empty();

  FakeStatefulSet(String uid, OrdinalWindow window) {
    this.uid = uid;
    this.window = window;
  }

  StatefulSetView view() {
    return new StatefulSetView(
        uid, generation, window, armedFor, forceFlag, Storage.CLAIM_PER_MEMBER);
  }

  /** The spec, without what the acts of the port change. */
  Map<String, Object> restOfSpec() {
    return Map.of("uid", uid, "storage", Storage.CLAIM_PER_MEMBER);
  }
}
