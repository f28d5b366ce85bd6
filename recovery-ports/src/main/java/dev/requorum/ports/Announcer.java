package dev.requorum.ports;

/** Tells the people who watch the cluster: Kubernetes Events. */
public interface Announcer {

  /**
   * Makes the announcement unless one with the same key was made for this cluster before, by this
   * process or by another.
   *
   * @throws PortFailure where it cannot be told whether it was made; the caller announces it again
   *     at its next turn
   */
  void announce(ClusterRef cluster, Announcement announcement);
}
