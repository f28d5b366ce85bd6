package dev.requorum.ports.record;

import dev.requorum.ports.etcd.MemberId;
import java.util.Objects;

/** The voter that the cluster is rebuilt from, as it stood when it was chosen. */
public record Survivor(
    MemberId id, String name, int ordinal, long raftTerm, long raftIndex, long revision) {

  public Survivor {
    Objects.requireNonNull(id, "id");
    Objects.requireNonNull(name, "name");
  }
}
