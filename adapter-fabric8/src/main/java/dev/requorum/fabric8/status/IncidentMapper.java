package dev.requorum.fabric8.status;

import dev.requorum.ports.Reason;
import dev.requorum.ports.record.Incident;
import dev.requorum.ports.record.LossEvidence;
import dev.requorum.ports.record.Missing;
import dev.requorum.ports.record.MissingVoter;
import dev.requorum.ports.record.Phase;
import dev.requorum.ports.record.PreservedCopy;
import dev.requorum.ports.record.RestoreTry;
import dev.requorum.ports.record.Step;
import dev.requorum.ports.record.Survivor;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/** The incident's part of {@link RecoveryStatusMapper}. */
final class IncidentMapper {

  private IncidentMapper() {}

  static void write(Incident incident, IncidentStatus status) {
    status.id = incident.id();
    status.phase = incident.phase().word();
    status.step = incident.step().map(Step::word).orElse(null);
    status.stepSince = incident.stepSince().toString();
    status.reason = incident.reason().word();
    status.message = incident.message();
    status.detectedAt = incident.detectedAt().toString();
    status.startedAt = incident.startedAt().map(Object::toString).orElse(null);
    status.completedAt = incident.completedAt().map(Object::toString).orElse(null);
    status.acknowledgedAt = incident.acknowledgedAt().map(Object::toString).orElse(null);
    status.evidence = evidenceStatus(incident.evidence());
    status.survivor = incident.survivor().map(IncidentMapper::survivorStatus).orElse(null);
    status.preservedCopy = incident.copy().map(IncidentMapper::copyStatus).orElse(null);
    status.armedAt = incident.armedAt().map(Object::toString).orElse(null);
    status.plan = incident.plan().map(PlanMapper::write).orElse(null);
    status.restore = incident.restore().map(IncidentMapper::restoreStatus).orElse(null);
    status.dataLoss = incident.dataLoss().map(DataLossMapper::write).orElse(null);
  }

  /** True where any of an incident's fields is there: then all that it needs must be. */
  static boolean isPresent(IncidentStatus status) {
    return Stream.of(
            status.id,
            status.phase,
            status.step,
            status.stepSince,
            status.reason,
            status.message,
            status.detectedAt,
            status.startedAt,
            status.completedAt,
            status.acknowledgedAt,
            status.evidence,
            status.survivor,
            status.preservedCopy,
            status.armedAt,
            status.dataLoss,
            status.plan,
            status.restore)
        .anyMatch(Objects::nonNull);
  }

  static Incident read(IncidentStatus status, Field field) {
    Optional<Step> step =
        Optional.ofNullable(status.step).map(word -> field.at("step").word(word, Step::ofWord));
    return field.built(
        () ->
            new Incident(
                field.at("id").required(status.id),
                field.at("phase").word(status.phase, Phase::ofWord),
                step,
                field.at("reason").word(status.reason, Reason::ofWord),
                field.at("message").required(status.message),
                field.at("detectedAt").instant(status.detectedAt),
                field.at("startedAt").optionalInstant(status.startedAt),
                field.at("completedAt").optionalInstant(status.completedAt),
                evidence(field.at("evidence").required(status.evidence), field.at("evidence")),
                Optional.ofNullable(status.survivor).map(s -> survivor(s, field.at("survivor"))),
                Optional.ofNullable(status.preservedCopy)
                    .map(s -> copy(s, field.at("preservedCopy"))),
                field.at("armedAt").optionalInstant(status.armedAt),
                Optional.ofNullable(status.dataLoss)
                    .map(s -> DataLossMapper.read(s, field.at("dataLoss"))),
                field.at("acknowledgedAt").optionalInstant(status.acknowledgedAt),
                field.at("stepSince").instant(status.stepSince),
                Optional.ofNullable(status.plan).map(s -> PlanMapper.read(s, field.at("plan"))),
                Optional.ofNullable(status.restore).map(s -> restore(s, field.at("restore")))));
  }

  private static IncidentStatus.Restore restoreStatus(RestoreTry tried) {
    IncidentStatus.Restore status = new IncidentStatus.Restore();
    status.number = tried.number();
    status.directory = tried.directory();
    status.since = tried.since().toString();
    return status;
  }

  private static RestoreTry restore(IncidentStatus.Restore status, Field field) {
    return field.built(
        () ->
            new RestoreTry(
                field.at("number").required(status.number),
                field.at("directory").required(status.directory),
                field.at("since").instant(status.since)));
  }

  private static IncidentStatus.Evidence evidenceStatus(LossEvidence evidence) {
    IncidentStatus.Evidence status = new IncidentStatus.Evidence();
    status.observedLost = evidence.observedLost().toString();
    status.lastLook = evidence.lastLook().toString();
    status.raftIndex = evidence.raftIndex();
    for (MissingVoter voter : evidence.missing()) {
      IncidentStatus.MissingVoter entry = new IncidentStatus.MissingVoter();
      entry.memberId = voter.id().toString();
      entry.name = voter.name();
      entry.missing = word(voter.missing());
      entry.detail = voter.detail();
      status.missing.add(entry);
    }
    return status;
  }

  private static LossEvidence evidence(IncidentStatus.Evidence status, Field field) {
    List<MissingVoter> missing = new ArrayList<>();
    for (IncidentStatus.MissingVoter entry : Field.list(status.missing)) {
      Field at = field.at("missing[" + missing.size() + "]");
      at.required(entry);
      missing.add(
          new MissingVoter(
              at.at("memberId").memberId(entry.memberId),
              at.at("name").required(entry.name),
              at.at("missing").word(entry.missing, IncidentMapper::missing),
              at.at("detail").required(entry.detail)));
    }
    return field.built(
        () ->
            new LossEvidence(
                field.at("observedLost").duration(status.observedLost),
                field.at("lastLook").instant(status.lastLook),
                field.at("raftIndex").required(status.raftIndex),
                missing));
  }

  private static String word(Missing missing) {
    return switch (missing) {
      case GONE -> "Gone";
      case DOWN -> "Down";
      case UNREACHABLE -> "Unreachable";
    };
  }

  private static Missing missing(String word) {
    return Stream.of(Missing.values())
        .filter(missing -> word(missing).equals(word))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("nothing is missing as " + word));
  }

  static IncidentStatus.Survivor survivorStatus(Survivor survivor) {
    IncidentStatus.Survivor status = new IncidentStatus.Survivor();
    status.memberId = survivor.id().toString();
    status.name = survivor.name();
    status.ordinal = survivor.ordinal();
    status.raftTerm = survivor.raftTerm();
    status.raftIndex = survivor.raftIndex();
    status.revision = survivor.revision();
    status.basis = survivor.basis().word();
    return status;
  }

  static Survivor survivor(IncidentStatus.Survivor status, Field field) {
    return new Survivor(
        field.at("memberId").memberId(status.memberId),
        field.at("name").required(status.name),
        field.at("ordinal").required(status.ordinal),
        field.at("raftTerm").required(status.raftTerm),
        field.at("raftIndex").required(status.raftIndex),
        field.at("revision").required(status.revision),
        Optional.ofNullable(status.basis)
            .map(word -> field.at("basis").word(word, Survivor.Basis::ofWord))
            .orElse(Survivor.Basis.ANSWERED));
  }

  private static IncidentStatus.PreservedCopy copyStatus(PreservedCopy copy) {
    IncidentStatus.PreservedCopy status = new IncidentStatus.PreservedCopy();
    status.location = copy.location();
    status.bytes = copy.bytes();
    status.sha256 = copy.sha256();
    status.madeAt = copy.madeAt().toString();
    return status;
  }

  private static PreservedCopy copy(IncidentStatus.PreservedCopy status, Field field) {
    return new PreservedCopy(
        field.at("location").required(status.location),
        field.at("bytes").required(status.bytes),
        field.at("sha256").required(status.sha256),
        field.at("madeAt").instant(status.madeAt));
  }
}
