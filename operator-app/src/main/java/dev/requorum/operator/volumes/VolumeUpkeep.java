package dev.requorum.operator.volumes;

import dev.requorum.core.engine.Turn;
import dev.requorum.operator.api.EtcdCluster;
import dev.requorum.operator.objects.DirectoryRemoval;
import dev.requorum.ports.ClusterRef;
import dev.requorum.ports.PortFailure;
import dev.requorum.ports.kubernetes.PodView;
import dev.requorum.ports.kubernetes.Restoration;
import dev.requorum.ports.kubernetes.VolumeMark;
import java.util.List;
import java.util.Optional;

/**
 * Looks after what lies on the members' claims while a cluster is well: marks the directory in use,
 * and removes, by one Job at a time, the directories that were kept for an incident once somebody
 * has acknowledged its loss.
 *
 * <p>Guaranteed: nothing is removed while an incident is under way, of an incident that nobody has
 * acknowledged, of a claim that a member was passed over with, or of the directory in use. A Job
 * that failed stays, and nothing further is removed, until a human deletes it.
 */
public final class VolumeUpkeep {

  private final Restoration claims;
  private final RemovalJobs jobs;

  public VolumeUpkeep(Restoration claims, RemovalJobs jobs) {
    this.claims = claims;
    this.jobs = jobs;
  }

  /**
   * The next thing, if there is any.
   *
   * @param turn of the recovery engine, just now
   */
  public Upkeep tend(EtcdCluster cluster, Turn turn) {
    Optional<Steady> steady = Steady.of(turn);
    if (steady.isEmpty()) {
      return Upkeep.idle();
    }
    try {
      List<VolumeMark> due = DirectoryMarks.due(steady.get());
      if (!due.isEmpty()) {
        claims.mark(ref(turn), due);
        return Upkeep.idle();
      }
      return everRestored(steady.get()) ? remove(cluster, steady.get()) : Upkeep.idle();
    } catch (PortFailure e) {
      return Upkeep.failed("", e.getMessage());
    }
  }

  private static boolean everRestored(Steady seen) {
    return seen.known().directory().isPresent()
        || seen.volumes().stream().anyMatch(volume -> !volume.marks().kept().isEmpty());
  }

  private Upkeep remove(EtcdCluster cluster, Steady seen) {
    Optional<RemovalJob> job = jobs.find(cluster);
    if (job.isPresent()) {
      return follow(cluster, seen, job.get());
    }
    Optional<KeptDirectories> kept = KeptDirectories.givenUp(seen);
    if (kept.isEmpty()) {
      return Upkeep.idle();
    }
    if (kept.get().isInUse(seen)) {
      claims.mark(ref(seen.turn()), List.of(kept.get().forgotten()));
      return Upkeep.underWay("%s is in use, and stays".formatted(kept.get()));
    }
    return begin(cluster, seen, kept.get());
  }

  private Upkeep begin(EtcdCluster cluster, Steady seen, KeptDirectories kept) {
    Optional<PodView> pod = seen.turn().observation().workload().pod(kept.volume().member());
    if (!seen.turn().observation().workload().pods().isKnown()
        || pod.filter(found -> found.terminating() || !found.ready()).isPresent()) {
      return Upkeep.underWay(
          "%s is removed once %s is ready".formatted(kept, kept.volume().member()));
    }
    Optional<String> failure =
        jobs.start(
            cluster,
            new DirectoryRemoval(
                kept.volume().member(),
                kept.volume().claim(),
                kept.volume().uid(),
                kept.directory(),
                seen.known().directory(),
                pod.isPresent()));
    return failure
        .map(why -> Upkeep.failed("", "%s is not removed: %s".formatted(kept, why)))
        .orElseGet(() -> Upkeep.underWay("removing %s".formatted(kept)));
  }

  private Upkeep follow(EtcdCluster cluster, Steady seen, RemovalJob job) {
    Optional<KeptDirectories> kept =
        KeptDirectories.givenUp(seen, job.claimUid(), job.directory())
            .filter(found -> !found.isInUse(seen));
    if (job.terminating()) {
      return Upkeep.underWay("waiting for Job %s to go".formatted(job.name()));
    }
    if (kept.isEmpty()) {
      jobs.delete(cluster, job);
      return Upkeep.underWay("deleting Job %s, which nobody needs".formatted(job.name()));
    }
    return switch (job.state()) {
      case UNDER_WAY -> Upkeep.underWay("removing %s".formatted(kept.get()));
      case SUCCEEDED -> {
        if (claims.mark(ref(seen.turn()), List.of(kept.get().forgotten())).isDone()) {
          jobs.delete(cluster, job);
        }
        yield Upkeep.underWay("%s is removed".formatted(kept.get()));
      }
      case FAILED ->
          Upkeep.failed(
              job.uid(),
              "%s could not be removed: %s. Mend the cause, and delete Job %s to have it tried again"
                  .formatted(kept.get(), jobs.whyFailed(cluster, job), job.name()));
    };
  }

  private static ClusterRef ref(Turn turn) {
    return turn.observation().goal().cluster();
  }
}
