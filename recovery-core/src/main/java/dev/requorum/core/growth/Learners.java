package dev.requorum.core.growth;

import static dev.requorum.core.growth.GrowthStep.act;
import static dev.requorum.core.growth.GrowthStep.hold;

import dev.requorum.core.Action;
import dev.requorum.ports.Reason;
import dev.requorum.ports.etcd.Member;
import dev.requorum.ports.kubernetes.InitialCluster;
import dev.requorum.ports.kubernetes.OrdinalWindow;
import dev.requorum.ports.kubernetes.PodView;
import dev.requorum.ports.record.KnownMember;
import java.util.Comparator;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.IntStream;

/** Adds one learner at a time, lets it join, and promotes it once it has caught up (S18). */
final class Learners {

  /** A pod that was restarted so often waits for 40 s or longer; a new one does for 10 s. */
  private static final int RESTARTS_BEFORE_LONG_WAITS = 2;

  private final Scene scene;
  private final Seal seal;

  Learners(Scene scene, Seal seal) {
    this.scene = scene;
    this.seal = seal;
  }

  Optional<GrowthStep> bringUp() {
    return scene.ours().filter(Member::learner).findFirst().map(this::bringUp);
  }

  private GrowthStep bringUp(Member learner) {
    String pod = learner.podName();
    int ordinal = scene.cluster.ordinalOf(pod).orElseThrow();
    if (ordinal >= scene.size) {
      return act(
          new Action.Remove(learner.id()),
          Reason.REMOVING_MEMBER,
          "removing learner %s, which is not wanted any more".formatted(pod));
    }
    Optional<Long> revision =
        scene
            .seen
            .etcd()
            .status(pod)
            .filter(status -> status.id().equals(learner.id()))
            .map(status -> status.revision());
    if (revision.isPresent()) {
      return seal.close().orElseGet(() -> promote(learner, revision.get()));
    }
    Optional<KnownMember> known = scene.known.member(learner.id());
    boolean startedBefore = known.flatMap(KnownMember::seenAt).isPresent();
    boolean mayHaveStarted = startedBefore || known.flatMap(KnownMember::volumeUid).isPresent();
    if (mayHaveStarted && scene.volumeLost(learner)) {
      return act(
          new Action.Remove(learner.id()),
          Reason.MEMBER_REPLACED,
          "removing learner %s, whose volume was lost".formatted(pod));
    }
    if (startedBefore && !scene.statefulSet.window().contains(ordinal)) {
      return scene.resize(
          scene.statefulSet.window().including(ordinal), "running learner %s again".formatted(pod));
    }
    if (startedBefore) {
      return hold(
          Reason.MEMBER_UNHEALTHY,
          "learner %s does not answer: %s".formatted(pod, scene.account(pod)));
    }
    return start(learner, ordinal);
  }

  private GrowthStep start(Member learner, int ordinal) {
    String pod = learner.podName();
    boolean runs = scene.statefulSet.window().contains(ordinal);
    if (!runs && !scene.hasItsVolume(learner)) {
      Optional<GrowthStep> former = new FormerVolume(scene, ordinal).prepareFor(learner.id());
      if (former.isPresent()) {
        return former.get();
      }
    }
    InitialCluster ticket =
        Ticket.forMember(learner.id(), scene.members).in(scene.known.directory());
    if (!scene.hasInitialCluster(ticket)) {
      return scene.tell(ticket, Reason.STARTING_LEARNER, "letting learner %s join".formatted(pod));
    }
    if (!runs) {
      return scene.resize(scene.statefulSet.window().including(ordinal), "starting learner " + pod);
    }
    return stranger(learner)
        .or(() -> crashing(learner))
        .orElseGet(
            () ->
                hold(
                    Reason.STARTING_LEARNER,
                    "waiting for learner %s to start: %s".formatted(pod, scene.account(pod))));
  }

  /** Somebody else answers in the learner's pod: its claim came with data. */
  private Optional<GrowthStep> stranger(Member learner) {
    String pod = learner.podName();
    return scene
        .seen
        .etcd()
        .status(pod)
        .map(
            other ->
                hold(
                    Reason.MEMBER_UNHEALTHY,
                    ("learner %s cannot start: its claim%s came with data of member %s of cluster"
                            + " %s, which runs there. If nobody needs that data, delete the claim"
                            + " and the pod")
                        .formatted(pod, claim(pod), other.id(), other.clusterId())));
  }

  private Optional<GrowthStep> crashing(Member learner) {
    String pod = learner.podName();
    return scene
        .seen
        .workload()
        .pod(pod)
        .filter(Learners::waitsLong)
        .map(
            found ->
                hold(
                    Reason.MEMBER_UNHEALTHY,
                    ("learner %s does not start: %s. Its log says why. If its data is damaged, remove"
                            + " it ('etcdctl member remove %s') and then delete its claim%s and its"
                            + " pod: it is added anew")
                        .formatted(pod, found.detail(), learner.id(), claim(pod))));
  }

  private String claim(String pod) {
    return scene.seen.workload().volume(pod).map(volume -> " " + volume.claim()).orElse("");
  }

  private static boolean waitsLong(PodView pod) {
    return pod.detail().contains("CrashLoopBackOff")
        && pod.restarts() >= RESTARTS_BEFORE_LONG_WAITS
        && !pod.terminating();
  }

  private GrowthStep promote(Member learner, long revision) {
    long leaders =
        scene.assessment.up().stream()
            .filter(voter -> scene.assessment.leader().map(voter.id()::equals).orElse(true))
            .mapToLong(voter -> voter.status().orElseThrow().revision())
            .max()
            .orElse(Long.MAX_VALUE);
    if (revision < 0.9 * leaders) {
      return hold(
          Reason.LEARNER_CATCHING_UP,
          "learner %s is at revision %d of %d".formatted(learner.podName(), revision, leaders));
    }
    return act(
        new Action.Promote(learner.id()),
        Reason.PROMOTING,
        "promoting learner " + learner.podName());
  }

  Optional<GrowthStep> add() {
    SortedSet<Integer> missing =
        IntStream.range(0, scene.size).boxed().collect(TreeSet::new, TreeSet::add, TreeSet::addAll);
    missing.removeAll(scene.ordinalsOf(scene.members));
    return missing.stream()
        .min(Comparator.comparingInt(this::distanceFromWindow).thenComparing(o -> o))
        .map(
            ordinal ->
                (scene.statefulSet.window().contains(ordinal)
                        ? restartRefused(ordinal)
                        : new FormerVolume(scene, ordinal).clear())
                    .orElseGet(() -> addLearner(ordinal)));
  }

  /**
   * A pod whose member was removed runs on where it is in the middle, and is refused: by now it may
   * wait for minutes. A new one starts over, and the learner with it.
   */
  private Optional<GrowthStep> restartRefused(int ordinal) {
    return scene
        .seen
        .workload()
        .pod(scene.cluster.memberName(ordinal))
        .filter(Learners::waitsLong)
        .filter(pod -> scene.seen.workload().doomedClaim(pod.name()).isEmpty())
        .map(
            pod ->
                act(
                    new Action.RestartPod(pod.name(), pod.uid()),
                    Reason.STARTING_LEARNER,
                    "restarting %s, which waits after it was refused, before it is added as a learner"
                        .formatted(pod.name())));
  }

  private int distanceFromWindow(int ordinal) {
    OrdinalWindow window = scene.statefulSet.window();
    return window.contains(ordinal)
        ? 0
        : ordinal < window.start() ? window.start() - ordinal : ordinal - window.end() + 1;
  }

  private GrowthStep addLearner(int ordinal) {
    return act(
        new Action.AddLearner(scene.seen.goal().peerUrl(ordinal)),
        Reason.ADDING_LEARNER,
        "adding %s as a learner".formatted(scene.cluster.memberName(ordinal)));
  }
}
