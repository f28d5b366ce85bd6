package dev.requorum.ports.kubernetes;

import dev.requorum.ports.ClusterRef;
import dev.requorum.ports.Outcome;
import java.util.Optional;

/**
 * The Kubernetes witness, and the hands: what runs a cluster's members.
 *
 * <p>Every act is idempotent, checks its own precondition against what is stored now, and is
 * refused where that does not hold (among others where the stored generation is no longer {@code
 * seen}'s). An act that cannot be carried out for another reason is a {@link
 * dev.requorum.ports.PortFailure}.
 */
public interface Workload {

  /**
   * Looks at everything, from the API server itself or a watch of it; a part that cannot be read is
   * unknown. Changes nothing.
   */
  WorkloadView observe(ClusterRef cluster);

  /**
   * Sets which ordinals run. Pods outside are deleted gracefully by the StatefulSet controller,
   * their claims stay.
   */
  Outcome resize(ClusterRef cluster, StatefulSetView seen, OrdinalWindow window);

  /**
   * Puts {@code --force-new-cluster} into the pod template and marks it with the annotation, in one
   * write (S14). Running pods are not touched.
   *
   * <p>Refused unless the StatefulSet runs exactly one ordinal, the survivor's, whose pod exists
   * and is not terminating, and {@code <name>-state} names exactly the survivor with state {@code
   * new} (S13, S15).
   *
   * @param incident the value of the annotation
   */
  Outcome arm(ClusterRef cluster, StatefulSetView seen, String survivor, String incident);

  /**
   * Takes flag and annotation out of the pod template, in one write (S16). Running pods are not
   * touched.
   */
  Outcome disarm(ClusterRef cluster, StatefulSetView seen);

  /**
   * Writes {@code <name>-state}, creating it where it is not there. Read by each container when it
   * starts.
   *
   * @param seen what stood there when this was decided, empty where it was not there; refused where
   *     something else stands there by now, and done where {@code content} does
   */
  Outcome writeInitialCluster(
      ClusterRef cluster, Optional<InitialCluster> seen, InitialCluster content);

  /**
   * Deletes a pod gracefully so that the StatefulSet makes it again from the template of now.
   *
   * @param uid refused where the pod of that name is another one by now; done where there is none
   */
  Outcome restartPod(ClusterRef cluster, String pod, String uid);

  /**
   * Deletes the claim of a former member. Refused where the claim is another one than {@code uid},
   * or where the member's pod exists, or where its ordinal is one that the StatefulSet runs; done
   * where there is no claim.
   */
  Outcome discardVolume(ClusterRef cluster, String member, String uid);
}
