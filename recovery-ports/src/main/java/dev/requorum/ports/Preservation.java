package dev.requorum.ports;

import dev.requorum.ports.etcd.MemberEndpoint;
import dev.requorum.ports.record.PreservedCopy;
import java.util.Optional;

/** Keeps a copy of the survivor's data before anything is done to it. */
public interface Preservation {

  /** The complete copy that was made for this incident; a known empty where there is none. */
  Fact<Optional<PreservedCopy>> find(ClusterRef cluster, String incident);

  /**
   * Copies the member's data to a place that the recovery never writes to again. Idempotent: done
   * where the copy exists. A copy that was cut short is never found by {@link #find}.
   */
  Outcome preserve(ClusterRef cluster, String incident, MemberEndpoint survivor);
}
