package dev.requorum.core.model;

import java.util.Set;

/**
 * How a cluster loses members at once.
 *
 * @param gone these lose their volume
 * @param broken these die and do not start again with the volume they have
 * @param behind these, among the survivors, missed the last writes
 */
public record Loss(int size, Set<Integer> gone, Set<Integer> broken, Set<Integer> behind) {

  public Loss {
    gone = Set.copyOf(gone);
    broken = Set.copyOf(broken);
    behind = Set.copyOf(behind);
  }

  /** A healthy, operated cluster that was written to, and then struck by this loss. */
  public World strike() {
    World world = World.of(size);
    Operator operator = new Operator(world);
    operator.untilSteady();
    behind.forEach(world::breakProcess);
    world.write();
    world.write();
    operator.steps(2);
    hit(world);
    return world;
  }

  /** Strikes a world as it is. */
  public void hit(World world) {
    gone.forEach(world::loseVolume);
    broken.forEach(world::breakProcess);
    behind.forEach(world::mendProcess);
    world.tick();
  }

  /** The ordinals that are left. */
  public Set<Integer> survivors() {
    Set<Integer> left = new java.util.TreeSet<>();
    for (int ordinal = 0; ordinal < size; ordinal++) {
      if (!gone.contains(ordinal) && !broken.contains(ordinal)) {
        left.add(ordinal);
      }
    }
    return left;
  }

  /** How many voters are a majority of this size. */
  public int majority() {
    return size / 2 + 1;
  }
}
