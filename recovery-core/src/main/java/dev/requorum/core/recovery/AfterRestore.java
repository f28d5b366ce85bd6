package dev.requorum.core.recovery;

import dev.requorum.core.Action;
import dev.requorum.core.Decision;
import dev.requorum.core.quorum.Assessment;
import dev.requorum.core.quorum.QuorumAssessor;
import dev.requorum.ports.Reason;
import dev.requorum.ports.etcd.ClusterId;
import dev.requorum.ports.etcd.Member;
import dev.requorum.ports.etcd.MemberStatus;
import dev.requorum.ports.kubernetes.PodView;
import dev.requorum.ports.kubernetes.VolumeView;
import dev.requorum.ports.record.Incident;
import dev.requorum.ports.record.KnownMember;
import dev.requorum.ports.record.LastKnown;
import dev.requorum.ports.record.Leadership;
import dev.requorum.ports.record.Phase;
import dev.requorum.ports.record.Step;
import dev.requorum.ports.record.Survivor;
import java.util.List;
import java.util.Optional;

/** The step of a rebuild by restore in which the survivor has to prove itself as a new cluster. */
final class AfterRestore {

  private final RebuildScene scene;
  private final Survivor survivor;
  private final SurvivorHealth health;

  AfterRestore(RebuildScene scene, SurvivorHealth health) {
    this.scene = scene;
    this.survivor = scene.survivor();
    this.health = health;
  }

  Decision verify() {
    if (scene.survivorIsEmpty()) {
      return scene.survivorLost();
    }
    if (new Adoption(scene).next().isPresent() || scene.obstacle().isPresent()) {
      return scene.go(Step.ADOPT, Reason.ADOPTING);
    }
    Optional<MemberStatus> status = scene.seen().etcd().status(survivor.name());
    Optional<ClusterId> before = scene.record().lastKnown().clusterId();
    if (status.isPresent() && before.equals(status.map(MemberStatus::clusterId))) {
      return restart(status.get());
    }
    return status
        .map(this::complaint)
        .orElseGet(() -> Optional.of(silence()))
        .map(
            complaint ->
                scene.holdBriefly(
                    Reason.VERIFYING, "waiting for %s: %s".formatted(survivor.name(), complaint)))
        .orElseGet(() -> scaleOut(status.orElseThrow()));
  }

  /** The new cluster is judged as one that was always ours. */
  private Optional<String> complaint(MemberStatus now) {
    Assessment reborn = QuorumAssessor.assess(scene.seen(), known(now));
    return health.complaint(scene.seen(), reborn, reborn(now)).or(() -> notAlone(now, reborn));
  }

  private String silence() {
    return "it does not answer"
        + scene.pod().map(PodView::detail).filter(d -> !d.isEmpty()).map(d -> ": " + d).orElse("");
  }

  /** Started before it was pointed to what was restored. */
  private Decision restart(MemberStatus status) {
    String message =
        "%s still runs on its original data, as a member of cluster %s; restarting it"
            .formatted(survivor.name(), status.clusterId());
    return scene
        .pod()
        .map(
            pod ->
                scene.act(
                    new Action.RestartPod(survivor.name(), pod.uid()), Reason.VERIFYING, message))
        .orElseGet(() -> scene.restarting(Reason.VERIFYING));
  }

  /** Who the survivor has to be now: another member id, and a revision that nobody has seen. */
  private Survivor reborn(MemberStatus now) {
    return new Survivor(
        now.id(), survivor.name(), survivor.ordinal(), now.raftTerm(), now.raftIndex(), raised());
  }

  /** A store at revision 1 was never written to, and has no revision that could be raised. */
  private long raised() {
    return survivor.revision() > 1
        ? survivor.revision() + scene.revisionBump()
        : scene.revisionBump();
  }

  private static Optional<String> notAlone(MemberStatus now, Assessment reborn) {
    List<Member> members = reborn.members().orElse(List.of());
    return members.size() == 1 && members.get(0).id().equals(now.id())
        ? Optional.empty()
        : Optional.of("it does not confirm that it is the only member");
  }

  private Decision scaleOut(MemberStatus now) {
    Incident next =
        IncidentDraft.of(scene.incident())
            .withDataLoss(LossAccount.ofRestore(scene, now))
            .entering(Phase.SCALING_OUT, scene.seen().at())
            .saying(
                Reason.RECOVERY_SCALING_OUT,
                "%s serves as cluster %s; adding members"
                    .formatted(survivor.name(), now.clusterId()))
            .build();
    return scene
        .say()
        .told(
            scene.record().withLastKnown(known(now)).withIncident(Optional.of(next)),
            Decisions.AT_ONCE);
  }

  private LastKnown known(MemberStatus now) {
    KnownMember alone =
        new KnownMember(
            now.id(),
            survivor.name(),
            false,
            scene.seen().workload().volume(survivor.name()).map(VolumeView::uid),
            scene.pod().flatMap(PodView::node),
            now.revision(),
            Optional.of(scene.seen().at()));
    return new LastKnown(
        true,
        Optional.of(now.clusterId()),
        List.of(alone),
        Optional.of(new Leadership(now.id(), now.raftTerm())),
        scene.incident().restore().map(tried -> tried.directory()));
  }
}
