package dev.requorum.operator.explain;

import dev.requorum.ports.etcd.ClusterId;
import dev.requorum.ports.record.DataLoss;
import dev.requorum.ports.record.Incident;
import dev.requorum.ports.record.LastSeen;
import dev.requorum.ports.record.LossBounds;
import java.util.Optional;
import java.util.stream.Collectors;

/** Says what a rebuild kept and lost: the account in words, and the figures that it rests upon. */
final class AccountPage {

  /** What is to be done stands elsewhere on the page, as a command. */
  private static final String TO_DO = "(?s)\\s*Decide what has to be done about those writes.*";

  private final Page page;

  AccountPage(Page page) {
    this.page = page;
  }

  void explain(Incident incident, DataLoss loss) {
    page.say(
            Label.LOST,
            "incident %s: %s".formatted(incident.id(), loss.message().replaceFirst(TO_DO, "")))
        .say(
            Label.LOST,
            "retained: revision %d (raft index %d); served again at %s"
                .formatted(
                    loss.retainedRevision(), loss.raftIndex(), Moments.plain(loss.recoveredAt())));
    // an account of an earlier version has no figures but those
    if (!loss.lastSeen().isEmpty()) {
      page.say(Label.LOST, "lost: " + bounds(loss.lostRevisions()))
          .say(Label.LOST, "last seen before the loss: " + lastSeen(loss));
    }
    if (loss.clusterBefore().isPresent() || loss.clusterAfter().isPresent()) {
      page.say(Label.LOST, clusters(loss));
    }
    loss.original()
        .filter(where -> !loss.message().contains(where))
        .ifPresent(where -> page.say(Label.LOST, "the original is at: " + where));
  }

  private static String bounds(LossBounds lost) {
    return lost.atMost().isPresent()
        ? "at least %d and at most %d revisions"
            .formatted(lost.atLeast(), lost.atMost().getAsLong())
        : "at least %d revisions; at most unknown".formatted(lost.atLeast());
  }

  private static String lastSeen(DataLoss loss) {
    return loss.lastSeen().stream().map(AccountPage::seen).collect(Collectors.joining("; "));
  }

  private static String seen(LastSeen member) {
    return member
        .at()
        .map(
            at ->
                "%s at revision %d (%s)"
                    .formatted(member.name(), member.revision(), Moments.plain(at)))
        .orElse(member.name() + " never");
  }

  private static String clusters(DataLoss loss) {
    String ids =
        loss.clusterBefore().equals(loss.clusterAfter())
            ? "cluster id %s, as before".formatted(id(loss.clusterAfter()))
            : "cluster id %s before, %s now"
                .formatted(id(loss.clusterBefore()), id(loss.clusterAfter()));
    return loss.revisionBump() == 0
        ? ids
        : ids + "; revisions were raised by " + loss.revisionBump();
  }

  private static String id(Optional<ClusterId> cluster) {
    return cluster.map(ClusterId::toString).orElse("unknown");
  }
}
