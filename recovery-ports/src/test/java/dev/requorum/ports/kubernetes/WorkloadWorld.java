package dev.requorum.ports.kubernetes;

import dev.requorum.ports.ClusterRef;

/** What the contract of {@link Workload} needs around it: everybody else who touches a cluster. */
public interface WorkloadWorld {

  /** The port under test. */
  Workload workload();

  /** The same port, which cannot read this part. */
  Workload blindTo(WorkloadPart part);

  /** A new cluster whose members all run, each on a node of its own; without {@code -state}. */
  ClusterRef cluster(int size);

  /** A name under which there is nothing. */
  ClusterRef nothing();

  /** Plays controllers and kubelets until exactly the wanted pods are there and run. */
  void settle(ClusterRef cluster);

  /** Somebody changes the StatefulSet's spec. */
  void changeSpec(ClusterRef cluster);

  /** The StatefulSet's status changes. */
  void changeStatus(ClusterRef cluster);

  /** Deletes a pod by force; nobody makes it again before {@link #settle}. */
  void deletePod(ClusterRef cluster, String pod);

  /** Deletes a claim, with the pod that uses it, so that {@link #settle} makes both anew. */
  void deletePodAndVolume(ClusterRef cluster, String member);

  /** The pod's etcd container stops, is restarted, stops again and waits, for this reason. */
  void crash(ClusterRef cluster, String pod, String reason);

  void removeNode(String node);

  /** The node's kubelet falls silent. */
  void silence(String node);

  void takeOutOfService(String node);

  /** Somebody writes this into the ConfigMap as the list of members. */
  void editInitialCluster(ClusterRef cluster, String members);

  /** The StatefulSet without what the port's acts may change; equal where nothing else changed. */
  Object restOfSpec(ClusterRef cluster);
}
