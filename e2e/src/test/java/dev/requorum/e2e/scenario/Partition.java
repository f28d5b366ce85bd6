package dev.requorum.e2e.scenario;

import dev.requorum.e2e.world.Party;
import dev.requorum.e2e.world.World;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;

/**
 * Two groups between which no packet passes, in either direction, until it is closed. Kubernetes'
 * API server and its nodes are in neither: they see both.
 */
final class Partition implements AutoCloseable {

  private final World world;
  private final List<Party> here;
  private final List<Party> there;

  private Partition(World world, List<Party> here, List<Party> there) {
    this.world = world;
    this.here = here;
    this.there = there;
  }

  /** Cuts these members off from those, and all their successors; the operator sees both. */
  static Partition between(
      Stage stage, TestCluster cluster, List<Integer> here, List<Integer> there) {
    return cut(stage, members(stage, cluster, here), members(stage, cluster, there));
  }

  /** Cuts the operator of the stage and these members off from those, and all their successors. */
  static Partition betweenOperatorWith(
      Stage stage, TestCluster cluster, List<Integer> here, List<Integer> there) {
    List<Party> withOperator =
        new ArrayList<>(List.of(Party.process("operator-" + stage.namespace())));
    withOperator.addAll(members(stage, cluster, here));
    return cut(stage, withOperator, members(stage, cluster, there));
  }

  private static Partition cut(Stage stage, List<Party> here, List<Party> there) {
    Partition partition = new Partition(stage.world(), here, there);
    partition.forEachPair(stage.world()::cut);
    return partition;
  }

  private static List<Party> members(Stage stage, TestCluster cluster, List<Integer> ordinals) {
    return ordinals.stream()
        .map(ordinal -> Party.pod(stage.namespace(), cluster.pod(ordinal)))
        .toList();
  }

  private void forEachPair(BiConsumer<Party, Party> what) {
    here.forEach(one -> there.forEach(other -> what.accept(one, other)));
  }

  /** The cut heals. */
  @Override
  public void close() {
    forEachPair(world::heal);
  }
}
