package dev.requorum.core.model;

import dev.requorum.ports.ClusterRef;
import dev.requorum.ports.Outcome;
import dev.requorum.ports.kubernetes.InitialCluster;
import dev.requorum.ports.kubernetes.OrdinalWindow;
import dev.requorum.ports.kubernetes.StatefulSetView;
import dev.requorum.ports.kubernetes.Workload;
import dev.requorum.ports.kubernetes.WorkloadView;
import java.util.Optional;

/** The acts on Kubernetes, with book kept of them and of what none of them may ever do. */
record WatchedWorkload(World world) implements Workload {

  @Override
  public WorkloadView observe(ClusterRef cluster) {
    return acts().observe(cluster);
  }

  @Override
  public Outcome resize(ClusterRef cluster, StatefulSetView seen, OrdinalWindow window) {
    world.acts.add("Resize " + window);
    Outcome outcome = acts().resize(cluster, seen, window);
    if (outcome.isDone() && world.kubernetes.template.forceFlag() && window.replicas() > 1) {
      world.wrongs.add("more than one member is armed: " + window);
    }
    return outcome;
  }

  @Override
  public Outcome arm(ClusterRef cluster, StatefulSetView seen, String survivor, String incident) {
    world.acts.add("Arm " + survivor);
    boolean armedBefore = world.kubernetes.statefulSet().armed();
    Outcome outcome = acts().arm(cluster, seen, survivor, incident);
    if (outcome.isDone() && !armedBefore) {
      blameIfQuorate("armed " + survivor);
      if (world.copies.get(incident) == null) {
        world.wrongs.add("armed " + survivor + " without a copy of its data");
      }
      if (world.record().attempts() == 0) {
        world.wrongs.add("armed " + survivor + " without a recorded attempt");
      }
    }
    return outcome;
  }

  @Override
  public Outcome disarm(ClusterRef cluster, StatefulSetView seen) {
    world.acts.add("Disarm");
    return acts().disarm(cluster, seen);
  }

  @Override
  public Outcome writeInitialCluster(
      ClusterRef cluster, Optional<InitialCluster> seen, InitialCluster content) {
    world.acts.add("Write " + (content.isSealed() ? "seal" : content.state()));
    if (!content.isSealed() && joiners(cluster, content) != 1) {
      world.wrongs.add("this lets more than one member join, or none: " + content);
    }
    return acts().writeInitialCluster(cluster, seen, content);
  }

  @Override
  public Outcome restartPod(ClusterRef cluster, String pod, String uid) {
    world.acts.add("Restart " + pod);
    boolean forces =
        world.kubernetes.template.forceFlag()
            && Optional.ofNullable(world.kubernetes.pods.get(pod))
                .filter(p -> p.forceFlag)
                .isEmpty();
    if (forces && world.kubernetes.armedFor.map(world.copies::get).isEmpty()) {
      world.wrongs.add("restarted " + pod + " with the flag and without a copy of its data");
    }
    Outcome outcome = acts().restartPod(cluster, pod, uid);
    if (outcome.isDone() && world.kubernetes.template.forceFlag()) {
      blameIfQuorate("restarted " + pod + " with the flag");
    }
    return outcome;
  }

  @Override
  public Outcome discardVolume(ClusterRef cluster, String member, String uid) {
    world.acts.add("Discard " + member);
    Outcome outcome = acts().discardVolume(cluster, member, uid);
    if (outcome.isDone() && !world.etcd.anyLeader()) {
      world.wrongs.add("discarded the volume of " + member + " while nobody leads");
    }
    return outcome;
  }

  private void blameIfQuorate(String what) {
    if (world.etcd.anyLeader()) {
      world.wrongs.add(what + " while a majority is alive");
    }
  }

  private static long joiners(ClusterRef cluster, InitialCluster content) {
    return content.members().keySet().stream()
        .filter(name -> cluster.ordinalOf(name).isPresent())
        .count();
  }

  private Workload acts() {
    return new SimulatedWorkload(world.kubernetes);
  }
}
