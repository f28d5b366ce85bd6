package dev.requorum.e2e.scenario;

import dev.requorum.e2e.world.Party;
import dev.requorum.e2e.world.World;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;

/** A partition in the local world, whose router lets packets vanish. */
record WorldPartition(World world, List<Party> here, List<Party> there) implements Partition {

  WorldPartition {
    here = List.copyOf(here);
    there = List.copyOf(there);
  }

  static Partition between(
      World world, TestCluster cluster, List<Integer> here, List<Integer> there) {
    return cut(world, members(cluster, here), members(cluster, there));
  }

  static Partition betweenOperatorWith(
      World world, TestCluster cluster, List<Integer> here, List<Integer> there) {
    List<Party> withOperator =
        new ArrayList<>(List.of(Party.process("operator-" + cluster.namespace())));
    withOperator.addAll(members(cluster, here));
    return cut(world, withOperator, members(cluster, there));
  }

  private static Partition cut(World world, List<Party> here, List<Party> there) {
    WorldPartition partition = new WorldPartition(world, here, there);
    partition.forEachPair(world::cut);
    return partition;
  }

  private static List<Party> members(TestCluster cluster, List<Integer> ordinals) {
    return ordinals.stream()
        .map(ordinal -> Party.pod(cluster.namespace(), cluster.pod(ordinal)))
        .toList();
  }

  private void forEachPair(BiConsumer<Party, Party> what) {
    here.forEach(one -> there.forEach(other -> what.accept(one, other)));
  }

  @Override
  public void close() {
    forEachPair(world::heal);
  }
}
