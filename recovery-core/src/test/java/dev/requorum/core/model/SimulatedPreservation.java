package dev.requorum.core.model;

import dev.requorum.ports.ClusterRef;
import dev.requorum.ports.Fact;
import dev.requorum.ports.Outcome;
import dev.requorum.ports.PortFailure;
import dev.requorum.ports.Preservation;
import dev.requorum.ports.etcd.MemberEndpoint;
import dev.requorum.ports.record.PreservedCopy;
import java.util.Optional;

/** Copies that are complete at once. */
record SimulatedPreservation(World world) implements Preservation {

  @Override
  public Fact<Optional<PreservedCopy>> find(ClusterRef cluster, String incident) {
    return world.copiesHidden
        ? Fact.unknown("/copies is not mounted")
        : Fact.known(Optional.ofNullable(world.copies.get(incident)));
  }

  @Override
  public Outcome preserve(ClusterRef cluster, String incident, MemberEndpoint survivor) {
    world.acts.add("Preserve " + survivor.name());
    Disk disk =
        world
            .etcd
            .answering(survivor)
            .map(process -> process.disk)
            .orElseThrow(() -> new PortFailure("copy " + survivor.name(), "no answer"));
    world.copies.putIfAbsent(
        incident, new PreservedCopy("/copies/" + incident, disk.revision, "0a", world.now()));
    return Outcome.done();
  }
}
