package dev.requorum.fabric8.status;

import dev.requorum.ports.record.PassedOver;
import dev.requorum.ports.record.RecoveryPlan;
import dev.requorum.ports.record.Strategy;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/** A plan, to and from its wire format. */
final class PlanMapper {

  private PlanMapper() {}

  static PlanStatus write(RecoveryPlan plan) {
    PlanStatus status = new PlanStatus();
    status.hash = plan.hash();
    status.strategy = plan.strategy().word();
    status.why = plan.why();
    status.survivor = IncidentMapper.survivorStatus(plan.survivor());
    status.revisionBump = plan.revisionBump();
    plan.databaseBytes().ifPresent(bytes -> status.databaseBytes = bytes);
    for (PassedOver member : plan.passedOver()) {
      PlanStatus.PassedOver entry = new PlanStatus.PassedOver();
      entry.memberId = member.id().toString();
      entry.name = member.name();
      entry.volumeUid = member.volumeUid();
      entry.revision = member.revision();
      status.passedOver.add(entry);
    }
    return status;
  }

  static RecoveryPlan read(PlanStatus status, Field field) {
    List<PassedOver> passedOver = new ArrayList<>();
    for (PlanStatus.PassedOver entry : Field.list(status.passedOver)) {
      Field at = field.at("passedOver[" + passedOver.size() + "]");
      at.required(entry);
      passedOver.add(
          new PassedOver(
              at.at("memberId").memberId(entry.memberId),
              at.at("name").required(entry.name),
              at.at("volumeUid").required(entry.volumeUid),
              at.at("revision").required(entry.revision)));
    }
    return field.built(
        () ->
            new RecoveryPlan(
                field.at("strategy").word(status.strategy, Strategy::ofWord),
                field.at("why").required(status.why),
                IncidentMapper.survivor(
                    field.at("survivor").required(status.survivor), field.at("survivor")),
                field.at("revisionBump").required(status.revisionBump),
                passedOver,
                status.databaseBytes == null
                    ? OptionalLong.empty()
                    : OptionalLong.of(status.databaseBytes),
                field.at("hash").required(status.hash)));
  }
}
