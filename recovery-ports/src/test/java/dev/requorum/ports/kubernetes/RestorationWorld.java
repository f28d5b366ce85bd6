package dev.requorum.ports.kubernetes;

import dev.requorum.ports.ClusterRef;

/** What the contract of {@link Restoration} needs around it. */
public interface RestorationWorld {

  /** The port under test. */
  Restoration restoration();

  /** The same port, which cannot read pods. */
  Restoration blind();

  /** The same world, for whoever runs the members. */
  WorkloadWorld workloads();

  /** The restore is bound to a node and runs. */
  void run(ClusterRef cluster);

  /** The restore that runs ends well. */
  void succeed(ClusterRef cluster);

  /** The restore that runs ends with an error, of which these are etcdutl's words. */
  void fail(ClusterRef cluster, String words);

  /** Marks the claim for deletion, while nobody completes that before {@code settle}. */
  void doomVolume(ClusterRef cluster, String member);
}
