package dev.requorum.operator.explain;

import dev.requorum.operator.api.EtcdCluster;
import dev.requorum.ports.record.PassedOver;
import dev.requorum.ports.record.RecoveryPlan;
import dev.requorum.ports.record.Survivor;
import java.util.OptionalLong;

/** Says what a recovery is going to do. */
final class PlanPage {

  private final Page page;

  PlanPage(Page page) {
    this.page = page;
  }

  /** A plan that nobody has begun to carry out. */
  void ready(RecoveryPlan plan) {
    Survivor survivor = plan.survivor();
    page.say(
        Label.PLAN,
        "plan %s: rebuild from %s (%s)".formatted(plan.hash(), survivor.name(), figures(survivor)));
    strategy(plan);
  }

  /** What the survivor had, and how that is known. */
  static String figures(Survivor survivor) {
    return switch (survivor.basis()) {
      case ANSWERED ->
          "raft term %d, raft index %d, revision %d"
              .formatted(survivor.raftTerm(), survivor.raftIndex(), survivor.revision());
      case LAST_SEEN -> "last seen at revision %d".formatted(survivor.revision());
    };
  }

  /** How it is, or was, to be done. */
  void strategy(RecoveryPlan plan) {
    page.say(
        Label.PLAN,
        "strategy %s: %s%s"
            .formatted(
                plan.strategy().word(),
                switch (plan.strategy()) {
                  case RESTORE ->
                      "its database%s is restored beside the original, as a new cluster whose revisions are raised by %d"
                          .formatted(size(plan), plan.revisionBump());
                  case FORCE_NEW_CLUSTER ->
                      "it is started in place with --force-new-cluster, after a copy was made";
                },
                plan.why().isEmpty() ? "" : "; " + plan.why()));
    plan.passedOver().forEach(this::passedOver);
  }

  private static String size(RecoveryPlan plan) {
    OptionalLong bytes = plan.databaseBytes();
    return bytes.isEmpty() ? "" : " (%d bytes)".formatted(bytes.getAsLong());
  }

  private void passedOver(PassedOver member) {
    page.say(
        Label.PLAN,
        "%s was seen at revision %d, and was waited for in vain; its volume is not touched before the"
                .formatted(member.name(), member.revision())
            + " loss is acknowledged");
  }

  /** How a human approves it. */
  void approval(RecoveryPlan plan, String namespace, String name) {
    page.show(
        Label.TO_DO,
        "kubectl -n %s annotate etcdcluster %s %s=%s --overwrite"
            .formatted(namespace, name, EtcdCluster.APPROVE_RECOVERY, plan.hash()));
  }
}
