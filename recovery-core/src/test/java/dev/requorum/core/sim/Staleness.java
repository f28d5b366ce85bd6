package dev.requorum.core.sim;

import dev.requorum.ports.kubernetes.WorkloadView;

/** For how many looks still, and how old, what an operator is shown of Kubernetes is. */
final class Staleness {

  private int looks;
  private int seconds;

  void begin(int forLooks, int age) {
    looks = forLooks;
    seconds = age;
  }

  void end() {
    looks = 0;
  }

  WorkloadView view(World world) {
    if (looks <= 0 || world.looks.size() < seconds) {
      return world.kube.view();
    }
    looks--;
    world.coverage.count("stale looks");
    return world.looks.stream().skip(seconds - 1L).findFirst().orElseThrow();
  }
}
