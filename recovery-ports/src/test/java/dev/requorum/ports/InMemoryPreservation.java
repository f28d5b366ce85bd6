package dev.requorum.ports;

import dev.requorum.ports.etcd.MemberEndpoint;
import dev.requorum.ports.record.PreservedCopy;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Copies in memory. A member has data once it was given some, and fails while it is told to. */
public final class InMemoryPreservation implements Preservation {

  private record Key(ClusterRef cluster, String incident) {}

  private final Map<Key, PreservedCopy> copies = new HashMap<>();
  private final Map<String, Long> sizes = new HashMap<>();
  private boolean failing;

  /** The member of this name has so many bytes from now on. */
  public void putData(String member, long bytes) {
    sizes.put(member, bytes);
  }

  /** Whether copying breaks off half-way from now on. */
  public void breakOff(boolean breaksOff) {
    failing = breaksOff;
  }

  @Override
  public Fact<Optional<PreservedCopy>> find(ClusterRef cluster, String incident) {
    return Fact.known(Optional.ofNullable(copies.get(new Key(cluster, incident))));
  }

  @Override
  public Outcome preserve(ClusterRef cluster, String incident, MemberEndpoint survivor) {
    Key key = new Key(cluster, incident);
    if (copies.containsKey(key)) {
      return Outcome.done();
    }
    if (failing || !sizes.containsKey(survivor.name())) {
      throw new PortFailure("copy the data of " + survivor.name(), "it broke off");
    }
    String location = "memory:" + cluster + "/" + incident;
    copies.put(key, new PreservedCopy(location, sizes.get(survivor.name()), "00", Instant.EPOCH));
    return Outcome.done();
  }
}
