package dev.requorum.e2e.chaos;

import dev.requorum.e2e.scenario.TestCluster;
import dev.requorum.e2e.world.Party;
import dev.requorum.e2e.world.World;
import dev.requorum.e2e.world.WorldPod;
import java.util.List;
import java.util.Objects;

/**
 * What faults reach a cluster and its operator through.
 *
 * @param size how many members the cluster is to have
 */
record Arena(
    World world,
    TestCluster cluster,
    KeptOperator operator,
    Surroundings surroundings,
    int size,
    Writers writers,
    Observer observer,
    Struck struck) {

  Arena {
    Objects.requireNonNull(world, "world");
    Objects.requireNonNull(cluster, "cluster");
    Objects.requireNonNull(operator, "operator");
    Objects.requireNonNull(surroundings, "surroundings");
    Objects.requireNonNull(writers, "writers");
    Objects.requireNonNull(observer, "observer");
    Objects.requireNonNull(struck, "struck");
  }

  WorldPod pod(int ordinal) {
    return world.pod(cluster.namespace(), cluster.pod(ordinal));
  }

  /** The operator as a party to a cut. */
  Party operatorParty() {
    return Party.process("operator-" + cluster.namespace());
  }

  /** Whether the member's process answers, as a voter that knows a leader. */
  boolean serves(int ordinal) {
    return observer
        .gateway(ordinal)
        .flatMap(Gateway::status)
        .filter(Gateway.Status::serves)
        .isPresent();
  }

  /** All members but these. */
  List<Integer> others(List<Integer> members) {
    return TestCluster.ordinals(size).stream().filter(o -> !members.contains(o)).toList();
  }
}
