package dev.requorum.core.sim;

import dev.requorum.ports.record.Step;
import java.util.Optional;

/**
 * One thing that happens in a story. The figures mean what the kind says; any figures mean
 * something, so that a story stays one when events are left out.
 */
record Event(Kind kind, int a, int b, int c) {

  /** What may happen. */
  enum Kind {
    TURN,
    WAIT,
    WRITE,
    INTERRUPT,
    CLOCK,
    STALE_LOOKS,
    CUT,
    CUT_ONE_WAY,
    HEAL,
    PARTITION,
    HEAL_ALL,
    KILL,
    BREAK,
    MEND,
    HANG,
    WAKE,
    SLOW,
    FAST,
    CORRUPT,
    FOREIGN,
    POWER_OFF,
    POWER_ON,
    DELETE_NODE,
    OUT_OF_SERVICE,
    LOSE_VOLUME,
    DOOM_VOLUME,
    DELETE_POD,
    FORCE_DELETE_POD,
    HIDE,
    SHOW,
    LOSE_COPIES,
    HIDE_COPIES,
    KILL_RESTORES,
    DELETE_RESTORE,
    EDIT_TEMPLATE,
    RESIZE,
    ACKNOWLEDGE,
    APPROVE,
    UNTIL,
    SPLIT,
    STUCK,
    FREE
  }

  static Event of(Kind kind, int a, int b, int c) {
    return new Event(kind, a, b, c);
  }

  static Event of(Kind kind, int a) {
    return new Event(kind, a, 0, 0);
  }

  static Event of(Kind kind) {
    return new Event(kind, 0, 0, 0);
  }

  Interruption interruption() {
    Interruption.Call[] calls = Interruption.Call.values();
    Interruption.How[] hows = Interruption.How.values();
    return new Interruption(
        calls[b % calls.length], c % 2 == 1, hows[c / 2 % hows.length], 1 + c / 16);
  }

  /** The step that operators are let go on to; empty for the scaling out after all of them. */
  Optional<Step> step() {
    Step[] steps = Step.values();
    int number = b % (steps.length + 1);
    return number == steps.length ? Optional.empty() : Optional.of(steps[number]);
  }

  private String operator() {
    return a % 2 == 0 ? "operator A" : "operator B";
  }

  String inWords() {
    return switch (kind) {
      case TURN -> operator() + " takes a turn";
      case WAIT -> "%d seconds pass, and no operator looks".formatted(a);
      case WRITE -> "a client writes";
      case INTERRUPT -> operator() + ", the next time that " + about();
      case CLOCK -> "the clock of %s jumps by %d seconds".formatted(operator(), b);
      case STALE_LOOKS ->
          "the next %d looks of %s at Kubernetes are %d seconds old".formatted(c, operator(), b);
      case CUT -> "%s and %s do not reach each other".formatted(Net.name(a), Net.name(b));
      case CUT_ONE_WAY -> "%s does not reach %s".formatted(Net.name(a), Net.name(b));
      case HEAL -> "%s and %s reach each other again".formatted(Net.name(a), Net.name(b));
      case PARTITION -> "cut off from all others: " + Net.names(a);
      case HEAL_ALL -> "everybody reaches everybody again";
      case KILL -> "the etcd of member %d is killed".formatted(a);
      case BREAK -> "the etcd of member %d dies, and at each start again".formatted(a);
      case MEND -> "member %d can start again".formatted(a);
      case HANG -> "the etcd of member %d stands still".formatted(a);
      case WAKE -> "the etcd of member %d goes on".formatted(a);
      case SLOW -> "member %d is slow".formatted(a);
      case FAST -> "member %d is as fast as ever".formatted(a);
      case CORRUPT -> "member %d reports that its data is corrupt".formatted(a);
      case FOREIGN -> "member %d is started on another cluster's data".formatted(a);
      case POWER_OFF -> "machine %d loses power".formatted(a);
      case POWER_ON -> "machine %d is on and known to Kubernetes".formatted(a);
      case DELETE_NODE -> "machine %d is switched off and its node deleted".formatted(a);
      case OUT_OF_SERVICE -> "machine %d is switched off and tainted out-of-service".formatted(a);
      case LOSE_VOLUME -> "pod and claim of member %d are deleted by force".formatted(a);
      case DOOM_VOLUME -> "somebody deletes the claim of member %d, which is in use".formatted(a);
      case DELETE_POD -> "the pod of member %d is deleted".formatted(a);
      case FORCE_DELETE_POD -> "the pod of member %d is deleted by force".formatted(a);
      case HIDE -> "Kubernetes does not tell of its " + Happenings.part(a);
      case SHOW -> "Kubernetes tells of everything";
      case LOSE_COPIES -> "the copies are gone";
      case HIDE_COPIES -> a % 2 == 1 ? "the copies cannot be looked at" : "the copies can be seen";
      case KILL_RESTORES -> "the next %d restores are killed in the middle".formatted(a);
      case DELETE_RESTORE -> "somebody deletes the restore's pod";
      case EDIT_TEMPLATE -> "the rest of the pod template is number %d".formatted(a);
      case RESIZE -> "%d members are asked for".formatted(a);
      case ACKNOWLEDGE -> "a human acknowledges the loss";
      case APPROVE -> "a human approves the plan";
      case UNTIL ->
          "%s takes turns until the recovery comes to %s, %d at most"
              .formatted(operator(), step().map(Step::word).orElse("scaling out"), c);
      case SPLIT -> "cut off from all others, but not from the API server: " + Net.names(a);
      case STUCK -> "containers on machine %d do not end when they are told to".formatted(a);
      case FREE -> "containers on machine %d end when they are told to".formatted(a);
    };
  }

  private String about() {
    Interruption what = interruption();
    return what.call().words + ": " + what.inWords();
  }
}
