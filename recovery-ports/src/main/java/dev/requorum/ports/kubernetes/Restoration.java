package dev.requorum.ports.kubernetes;

import dev.requorum.ports.ClusterRef;
import dev.requorum.ports.Fact;
import dev.requorum.ports.Outcome;
import java.util.List;
import java.util.Optional;

/**
 * Restores a member's database beside the original ({@code etcdutl snapshot restore}, etcd's
 * disaster recovery guide), in a pod of the cluster's own etcd image that runs once. The original
 * is only read.
 *
 * <p>Acts behave as those of {@link Workload}: idempotent, checked against what is stored now,
 * refused where their precondition does not hold, a {@link dev.requorum.ports.PortFailure} where
 * they cannot be carried out for another reason.
 */
public interface Restoration {

  /** The cluster's restore, under way or ended; a known empty where there is none. */
  Fact<Optional<RestoreView>> find(ClusterRef cluster);

  /**
   * Starts the restore; done too where the restore into that very directory is there.
   *
   * <p>Refused while another restore of the cluster is there, while the StatefulSet is another than
   * {@code seen} or runs any ordinal, while any of its pods exists, or where the survivor's claim
   * is not {@link RestoreOrder#volumeUid} or is marked for deletion.
   */
  Outcome restore(ClusterRef cluster, StatefulSetView seen, RestoreOrder order);

  /**
   * For a place where nothing can be restored: {@link #restore} is always refused. A cluster whose
   * quorum is lost is only rebuilt there where its goal asks for {@link
   * dev.requorum.ports.record.Strategy#FORCE_NEW_CLUSTER}.
   */
  static Restoration unavailable() {
    return new Restoration() {
      @Override
      public Fact<Optional<RestoreView>> find(ClusterRef cluster) {
        return Fact.known(Optional.empty());
      }

      @Override
      public Outcome restore(ClusterRef cluster, StatefulSetView seen, RestoreOrder order) {
        return Outcome.refused(
            "nothing can be restored here, and another strategy is only taken up before a rebuild is"
                + " begun: have this operator given a way to restore");
      }

      @Override
      public Outcome mark(ClusterRef cluster, List<VolumeMark> marks) {
        return Outcome.refused("nothing is restored here, so there is nothing to mark");
      }

      @Override
      public Outcome discard(ClusterRef cluster, String uid) {
        return Outcome.done();
      }
    };
  }

  /**
   * Writes these marks on claims, in place of those that are there.
   *
   * <p>Refused where any of the claims is another one by now; those before it may be written then.
   */
  Outcome mark(ClusterRef cluster, List<VolumeMark> marks);

  /** Deletes the restore's pod, whatever became of it; done where there is none of that uid. */
  Outcome discard(ClusterRef cluster, String uid);
}
