package dev.requorum.core.sim;

import java.util.List;

/** The mistakes that the simulator has to find, most of them made before by somebody. */
final class Catalogue {

  private Catalogue() {}

  static List<PlantedBug> bugs() {
    return List.of(
        new PlantedBug(
            "act before record",
            "the act is carried out before its decision is stored",
            List.of(
                new PlantedBug.Edit(
                    "engine.RecoveryEngine",
                    "    if (!decision.next().equals(before)\n",
                    "    Optional<Turn.Trouble> trouble = act(seen, decision.action());\n"
                        + "    if (!decision.next().equals(before)\n"),
                new PlantedBug.Edit(
                    "engine.RecoveryEngine",
                    "    Optional<Turn.Trouble> trouble = act(seen, decision.action());\n"
                        + "    listener.acted",
                    "    listener.acted"))),
        new PlantedBug(
            "ordinal 0",
            "the first ordinal that answers is the survivor, not the freshest",
            "survivor.SurvivorChoice",
            "Comparator.comparing((Voter voter) -> voter.status().orElseThrow(), Freshness.ORDER)\n"
                + "            .thenComparing(voter ->"
                + " -cluster.ordinalOf(voter.name()).orElseThrow());",
            "Comparator.comparing((Voter voter) ->"
                + " -cluster.ordinalOf(voter.name()).orElseThrow());"),
        new PlantedBug(
            "learners vote",
            "learners are counted as voters",
            "quorum.QuorumAssessor",
            "members.stream().filter(member ->"
                + " !member.learner()).sorted().map(this::voter).toList()",
            "members.stream().sorted().map(this::voter).toList()"),
        new PlantedBug(
            "unknown is down",
            "what Kubernetes does not tell is taken for down",
            "quorum.Absence",
            "return unreachable(unreadable.get());",
            "return down(unreadable.get());"),
        new PlantedBug(
            "unreachable is down",
            "a voter that does not answer is taken for lost, although its container runs",
            "quorum.Absence",
            "if (pod.running() && !pod.terminating()) {",
            "if (pod.running() && pod.terminating()) {"),
        new PlantedBug(
            "silent is gone",
            "a node that fell silent is taken for dead",
            "quorum.Absence",
            ".filter(node -> !node.reporting() && !node.outOfService())",
            ".filter(node -> !node.reporting() && node.outOfService())"),
        new PlantedBug(
            "re-armed",
            "a survivor that was forced already is forced again",
            "recovery.Rebuild",
            "if (!restores && scene.isForced()) {",
            "if (!restores && scene.isForced() && scene.pod().isEmpty()) {"),
        new PlantedBug(
            "never disarmed",
            "the flag stays in the template",
            List.of(
                new PlantedBug.Edit(
                    "recovery.AfterForce",
                    "  Decision disarm() {\n    if (scene.statefulSet().armed()) {",
                    "  Decision disarm() {\n    if (scene.pod().isEmpty()) {"),
                new PlantedBug.Edit(
                    "recovery.AfterForce",
                    "    if (scene.statefulSet().armed() || scene.runsWithFlag()) {\n"
                        + "      return scene.go(Step.DISARM, Reason.DISARMING);\n    }\n",
                    ""),
                new PlantedBug.Edit(
                    "recovery.AfterForce",
                    "return scene.pod().get().forceFlag()\n        ?",
                    "return scene.pod().get().terminating()\n        ?"))),
        new PlantedBug(
            "no copy",
            "forced without a copy of the survivor's data",
            List.of(
                new PlantedBug.Edit(
                    "recovery.Rebuild",
                    "        .orElseGet(this::makeCopy);",
                    "        .orElseGet(() -> scene.go(Step.REWRITE_STATE,"
                        + " Reason.REWRITING_STATE));"),
                new PlantedBug.Edit(
                    "recovery.Arming",
                    "if (scene.copy().isEmpty()) {",
                    "if (scene.copy().isEmpty() && scene.pod().isEmpty()) {"))),
        new PlantedBug(
            "no fence",
            "armed or stopped while others can run",
            List.of(
                new PlantedBug.Edit(
                    "recovery.Fence",
                    ".filter(pod -> !cannotRun(pod.node(), workload))",
                    ".filter(pod -> !cannotRun(pod.node(), workload) && pod.ready())"),
                new PlantedBug.Edit(
                    "recovery.Fence",
                    "boolean silent = node.filter(n -> !n.reporting() &&"
                        + " !n.outOfService()).isPresent();",
                    "boolean silent = node.filter(n -> !n.reporting() &&"
                        + " n.outOfService()).isPresent();"))),
        new PlantedBug(
            "no window",
            "acts upon the first look that shows a loss",
            "recovery.PhaseMachine",
            "if (observed.compareTo(window) < 0) {",
            "if (observed.compareTo(window) < 0 && observed.isNegative()) {"),
        new PlantedBug(
            "one window for all",
            "what is merely down is not waited for any longer than what is gone",
            "recovery.PhaseMachine",
            "Duration window = Commitment.window(assessment, policy);",
            "Duration window = policy.gracePeriod();"),
        new PlantedBug(
            "unsealed",
            "the initial cluster names all members for good: an emptied one rejoins",
            List.of(
                new PlantedBug.Edit(
                    "growth.Seal",
                    "if (!scene.known.bootstrapped() || scene.hasInitialCluster(sealed)) {",
                    "if (scene.size > 0) {"))),
        new PlantedBug(
            "lock ignored",
            "a conflict on the record is taken for success",
            "engine.RecoveryEngine",
            "      return Optional.empty();\n    }\n    listener.recorded",
            "      listener.decided(seen, before, decision);\n    }\n    listener.recorded"),
        new PlantedBug(
            "foreign survivor",
            "a member of another cluster, or with corrupt data, is chosen",
            List.of(
                new PlantedBug.Edit(
                    "survivor.SurvivorChoice",
                    "return !empty && !corrupt && !replaced && !status.learner();",
                    "return !empty && !replaced && !status.learner();"),
                new PlantedBug.Edit(
                    "quorum.QuorumAssessor",
                    "return known.clusterId().map(cluster::equals).orElse(true);",
                    "return true;"))),
        new PlantedBug(
            "loss told twice",
            "the account is made anew at each look at the survivor",
            List.of(
                new PlantedBug.Edit(
                    "recovery.IncidentDraft",
                    "dataLoss = dataLoss.or(() -> Optional.of(loss));",
                    "dataLoss = Optional.of(loss);"),
                new PlantedBug.Edit(
                    "recovery.AfterForce",
                    "        IncidentDraft.of(scene.incident())\n"
                        + "            .entering(Phase.SCALING_OUT",
                    "        IncidentDraft.of(scene.incident())\n"
                        + "            .withDataLoss(LossAccount.ofForce(scene))\n"
                        + "            .entering(Phase.SCALING_OUT"))),
        new PlantedBug(
            "promoted at once",
            "a learner is promoted before it has caught up",
            "growth.Learners",
            "if (revision < 0.9 * leaders) {",
            "if (revision < 0) {"),
        new PlantedBug(
            "kept volume",
            "a volume that is to be kept until the loss is acknowledged is deleted",
            "growth.FormerVolume",
            "if (kept.isPresent() || scene.evidence.volumes().contains(volume.uid())) {",
            "if (kept.isPresent() && scene.evidence.volumes().contains(volume.uid())) {"),
        new PlantedBug(
            "healthy member removed",
            "a voter that does not answer is replaced although it has its volume",
            "growth.Growth",
            "member -> !member.learner() && !scene.isUp(member) && scene.volumeLost(member))",
            "member -> !member.learner() && !scene.isUp(member))"),
        new PlantedBug(
            "attempt not counted",
            "the attempt is counted when the rebuild is over",
            "recovery.PhaseMachine",
            "record.withOneMoreAttempt().withIncident(Optional.of(committed));",
            "record.withIncident(Optional.of(committed));"),
        new PlantedBug(
            "bound too good",
            "what was lost at most is claimed without proof",
            "recovery.LossAccount",
            "boolean proven = nothingWithoutSurvivor(scene) && atLeast == lessThanItHad;",
            "boolean proven = atLeast == lessThanItHad;"),
        new PlantedBug(
            "started before it is marked",
            "the survivor starts on its original data after the restore",
            "recovery.Restoring",
            "return new Adoption(scene).next().orElseGet(() -> start(started, alone));",
            "return start(started, alone);"));
  }
}
