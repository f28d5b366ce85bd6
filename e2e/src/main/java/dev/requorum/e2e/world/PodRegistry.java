package dev.requorum.e2e.world;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * All pods that any node of the world runs, by namespace/name, and the names that are held down.
 *
 * <p>There can be several of one name, when the API server has forgotten one of which its node has
 * not heard.
 */
final class PodRegistry {
  private final Map<String, List<PodWorker>> workers = new HashMap<>();
  private final Set<String> held = new HashSet<>();
  private final Set<String> begun = new HashSet<>();

  synchronized void add(String name, PodWorker worker) {
    workers.computeIfAbsent(name, any -> new ArrayList<>()).add(worker);
  }

  synchronized void remove(String name, PodWorker worker) {
    workers.getOrDefault(name, new ArrayList<>()).remove(worker);
  }

  /** A container of the pod of that uid was started. A node knows it after a reboot too. */
  synchronized void setBegun(String uid) {
    begun.add(uid);
  }

  synchronized boolean hasBegun(String uid) {
    return begun.contains(uid);
  }

  /** The one that was started last. */
  synchronized Optional<PodWorker> latest(String name) {
    List<PodWorker> all = all(name);
    return all.isEmpty() ? Optional.empty() : Optional.of(all.get(all.size() - 1));
  }

  synchronized boolean isHeld(String name) {
    return held.contains(name);
  }

  void hold(String name) {
    synchronized (this) {
      held.add(name);
    }
    all(name).forEach(worker -> worker.control().lookAgain());
  }

  void release(String name) {
    synchronized (this) {
      held.remove(name);
    }
    all(name).forEach(worker -> worker.control().lookAgain());
  }

  private synchronized List<PodWorker> all(String name) {
    return List.copyOf(workers.getOrDefault(name, List.of()));
  }
}
