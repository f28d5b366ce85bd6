package dev.requorum.core.recovery;

import dev.requorum.core.Action;
import dev.requorum.core.Decision;
import dev.requorum.ports.Reason;
import dev.requorum.ports.kubernetes.OrdinalWindow;
import dev.requorum.ports.kubernetes.RestoreView;
import dev.requorum.ports.record.KnownMember;
import dev.requorum.ports.record.LastKnown;
import dev.requorum.ports.record.RecoveryRecord;
import dev.requorum.ports.record.Step;
import dev.requorum.ports.record.Survivor;
import java.util.List;
import java.util.Optional;

/**
 * {@link Step#RELEASE}: takes back what was made ready for a survivor that is let go, runs all
 * voters again, and has the loss observed anew as an incident of its own.
 */
final class Release {

  private final RebuildScene scene;
  private final Survivor survivor;

  Release(RebuildScene scene) {
    this.scene = scene;
    this.survivor = scene.survivor();
  }

  /**
   * The seal first: whoever is run again with an empty volume must not find itself in the initial
   * cluster.
   */
  Decision next() {
    if (scene.statefulSet().armed()) {
      return scene.act(
          new Action.Disarm(scene.statefulSet()),
          Reason.DISARMING,
          "removing --force-new-cluster, which was not put there for this incident");
    }
    Optional<RestoreView> restore = scene.restorePod();
    if (restore.isPresent()) {
      return scene.act(
          new Action.DiscardRestore(restore.get().uid()),
          cause(),
          "deleting pod %s, for a survivor is to be chosen anew".formatted(restore.get().pod()));
    }
    Optional<String> unreadable = scene.seen().workload().initialCluster().why();
    if (unreadable.isPresent()) {
      return scene.hold(cause(), "the initial cluster cannot be read: " + unreadable.get(), true);
    }
    if (!scene.isTold(scene.sealed())) {
      return scene.act(
          scene.write(scene.sealed()),
          cause(),
          "sealing the membership, for a survivor is to be chosen anew");
    }
    OrdinalWindow all = allVoters();
    return scene.statefulSet().window().equals(all)
        ? chooseAnew()
        : scene.act(
            new Action.Resize(scene.statefulSet(), all),
            cause(),
            "running all voters again, for a survivor is to be chosen anew: pods " + all);
  }

  private OrdinalWindow allVoters() {
    OrdinalWindow window = scene.statefulSet().window();
    List<Integer> ordinals =
        scene.record().lastKnown().voters().stream()
            .flatMap(m -> scene.seen().goal().cluster().ordinalOf(m.name()).stream().boxed())
            .toList();
    for (int ordinal : ordinals) {
      window = window.including(ordinal);
    }
    return window;
  }

  /** The loss is observed anew, and what the survivor had is what its successor is measured by. */
  private Decision chooseAnew() {
    RecoveryRecord givenUp =
        scene
            .record()
            .withLastKnown(withRevisionOfSurvivor())
            .withIncident(
                Optional.of(IncidentDraft.of(scene.incident()).saying(cause(), account()).build()));
    return scene.say().lost(givenUp, scene.assessment(), Decisions.AT_ONCE);
  }

  /** Why it was let go is what the record says since. */
  private Reason cause() {
    Reason said = scene.incident().reason();
    boolean another = said == Reason.MEMBER_UNREACHABLE || said == Reason.SURVIVOR_NOT_HEALTHY;
    return another ? said : Reason.SURVIVOR_LOST;
  }

  private String account() {
    Reason cause = cause();
    if (cause == Reason.MEMBER_UNREACHABLE) {
      return "a member may have been alive behind a node that fell silent before anything was"
          + " forced; the loss is observed anew";
    }
    return cause == Reason.SURVIVOR_NOT_HEALTHY
        ? restarted(survivor)
        : "%s was given up before anything was forced; a survivor is chosen anew"
            .formatted(survivor.name());
  }

  /** Of a survivor that was to be forced and serves no clients since its restart. */
  static String restarted(Survivor survivor) {
    return ("%s was restarted before anything was forced, and serves no clients until it has seen a"
            + " leader, so that it cannot be copied and is not forced; the loss is observed anew")
        .formatted(survivor.name());
  }

  private LastKnown withRevisionOfSurvivor() {
    LastKnown known = scene.record().lastKnown();
    return known.withMembers(known.members().stream().map(this::withRevisionOfSurvivor).toList());
  }

  private KnownMember withRevisionOfSurvivor(KnownMember member) {
    return member.id().equals(survivor.id())
        ? new KnownMember(
            member.id(),
            member.name(),
            member.learner(),
            member.volumeUid(),
            member.node(),
            Math.max(member.revision(), survivor.revision()),
            member.seenAt())
        : member;
  }
}
