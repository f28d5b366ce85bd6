package dev.requorum.operator.explain;

import dev.requorum.operator.api.EtcdCluster;
import dev.requorum.ports.record.DataLoss;
import dev.requorum.ports.record.Incident;
import dev.requorum.ports.record.KnownMember;
import dev.requorum.ports.record.Phase;
import dev.requorum.ports.record.PreservedCopy;
import dev.requorum.ports.record.RecoveryRecord;
import dev.requorum.ports.record.Step;
import dev.requorum.ports.record.Survivor;
import java.time.Duration;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Says what was lost, or may be: the account of the current or last incident, what is left to be
 * acknowledged, and the incidents before.
 */
final class LossPages {

  /** How many of the incidents before; more would hide what matters. */
  private static final int SHOWN = 3;

  private final ReportedCluster cluster;
  private final RecoveryRecord record;
  private final Moments moments;
  private final Page page;

  LossPages(ReportedCluster cluster, RecoveryRecord record, Moments moments, Page page) {
    this.cluster = cluster;
    this.record = record;
    this.moments = moments;
    this.page = page;
  }

  void explain() {
    if (record.incident().isPresent()) {
      explain(record.incident().get());
    } else {
      page.say(Label.LOST, "nothing that is known: no quorum was ever lost for long enough");
    }
    record.history().stream()
        .filter(Incident::unacknowledged)
        .limit(SHOWN)
        .forEach(this::acknowledgement);
    earlier();
  }

  private void explain(Incident incident) {
    if (incident.phase() == Phase.COMPLETED) {
      completed(incident);
    }
    if (incident.dataLoss().isPresent()) {
      account(incident, incident.dataLoss().get());
    } else {
      expectation(incident);
    }
    incident.copy().ifPresent(this::copy);
    acknowledgement(incident);
  }

  private void completed(Incident incident) {
    page.say(
        Label.NOW,
        "the quorum was lost at %s and recovered, with all members back at %s%s; rebuilt from %s"
            .formatted(
                Moments.plain(incident.detectedAt()),
                incident.completedAt().map(moments::when).orElse("an unknown time"),
                incident
                    .completedAt()
                    .map(at -> Duration.between(incident.detectedAt(), at))
                    .map(took -> ", %s later".formatted(Moments.length(took)))
                    .orElse(""),
                incident.survivor().orElseThrow().name()));
  }

  private void account(Incident incident, DataLoss loss) {
    new AccountPage(page).explain(incident, loss);
  }

  /** What was seen of the members before the loss is still recorded until the survivor serves. */
  private void expectation(Incident incident) {
    boolean released = incident.step().equals(Optional.of(Step.RELEASE));
    Optional<Survivor> survivor = incident.survivor().filter(chosen -> !released);
    page.say(
        Label.LOST,
        survivor
            .map(
                chosen ->
                    "not known yet. If the rebuild goes through, all that %s (%sat revision %d) has"
                            .formatted(
                                chosen.name(),
                                chosen.answered() ? "" : "last seen ",
                                chosen.revision())
                        + " not seen is lost; step Verify makes the account")
            .orElse("nothing so far"));
    String seen = lastSeen();
    if (!seen.isEmpty()) {
      page.say(Label.LOST, "last seen with a quorum: " + seen);
    }
  }

  /** Members that were seen alike are told together. */
  private String lastSeen() {
    Map<String, List<KnownMember>> alike =
        record.lastKnown().members().stream()
            .sorted(Comparator.comparing(KnownMember::name))
            .collect(
                Collectors.groupingBy(LossPages::seen, LinkedHashMap::new, Collectors.toList()));
    return alike.entrySet().stream()
        .map(
            group ->
                group.getValue().stream().map(KnownMember::name).collect(Collectors.joining(", "))
                    + " "
                    + group.getKey())
        .collect(Collectors.joining("; "));
  }

  private static String seen(KnownMember member) {
    return member
        .seenAt()
        .map(at -> "at revision %d (%s)".formatted(member.revision(), Moments.plain(at)))
        .orElse("never");
  }

  private void copy(PreservedCopy copy) {
    page.say(
            Label.LOST,
            "the data from before is kept, on the operator's volume for copies (%d bytes, made %s):"
                .formatted(copy.bytes(), Moments.plain(copy.madeAt())))
        .show(Label.LOST, copy.location());
  }

  private void acknowledgement(Incident incident) {
    incident
        .acknowledgedAt()
        .ifPresent(
            at ->
                page.say(
                    Label.LOST,
                    "the loss of incident %s was acknowledged at %s"
                        .formatted(incident.id(), Moments.plain(at))));
    if (!incident.unacknowledged()) {
      return;
    }
    if (annotation().filter(incident.id()::equals).isPresent()) {
      page.say(
          Label.WAITING,
          "the operator, which has yet to record that the loss of incident %s is acknowledged"
              .formatted(incident.id()));
      return;
    }
    page.say(
            Label.TO_DO,
            "nobody has acknowledged the loss of incident %s. Decide what has to be done about the"
                    .formatted(incident.id())
                + " writes, then say that you have seen it:")
        .show(
            Label.TO_DO,
            "kubectl -n %s annotate etcdcluster %s %s=%s --overwrite"
                .formatted(
                    cluster.namespace(),
                    cluster.name(),
                    EtcdCluster.ACKNOWLEDGE_DATA_LOSS,
                    incident.id()));
  }

  private Optional<String> annotation() {
    return Optional.ofNullable(cluster.cluster().getMetadata().getAnnotations())
        .map((Map<String, String> all) -> all.get(EtcdCluster.ACKNOWLEDGE_DATA_LOSS));
  }

  private void earlier() {
    List<Incident> history = record.history();
    int hidden = Math.max(0, history.size() - SHOWN);
    for (Incident incident : history.subList(hidden, history.size())) {
      page.say(
          Label.EARLIER,
          "%s: lost at %s, %s%s, %s"
              .formatted(
                  incident.id(),
                  Moments.plain(incident.detectedAt()),
                  incident
                      .survivor()
                      .map(survivor -> "rebuilt from %s, ".formatted(survivor.name()))
                      .orElse(""),
                  incident
                      .completedAt()
                      .map(at -> "completed at " + Moments.plain(at))
                      .orElse("not completed"),
                  acknowledged(incident)));
    }
    if (hidden > 0) {
      page.say(Label.EARLIER, "and %d more in status.recovery.history".formatted(hidden));
    }
  }

  private static String acknowledged(Incident incident) {
    return incident
        .acknowledgedAt()
        .map(at -> "acknowledged at " + Moments.plain(at))
        .orElse(incident.dataLoss().isPresent() ? "not acknowledged" : "nothing lost");
  }
}
