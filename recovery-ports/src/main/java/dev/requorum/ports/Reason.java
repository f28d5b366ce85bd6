package dev.requorum.ports;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * Why something was done, is waited for, or is refused. The same word is the reason in {@code
 * status.recovery}, in conditions, in Events and in logs; {@code docs/operating.md} has a line for
 * each.
 */
public enum Reason {
  /** A majority of the voters answers and agrees on a leader. */
  QUORATE,
  /** A majority of the voters is gone or down and no leader can be elected. */
  QUORUM_LOST,
  /** It cannot be told whether there is a quorum. */
  QUORUM_UNDETERMINED,
  /** A cluster of one voter has no survivor to recover from. */
  SINGLE_MEMBER,
  /** The cluster never had all its members healthy, so there is nothing to recover yet. */
  NEVER_BOOTSTRAPPED,

  /** The loss is certain; the grace window is not over. */
  WAITING_GRACE_PERIOD,
  /** The loss was over before the window was. */
  HEALED,
  /** A missing voter may be alive where neither etcd nor Kubernetes can see it. */
  MEMBER_UNREACHABLE,
  /** Something that must be known before acting is not known. */
  EVIDENCE_INCOMPLETE,
  /** No reachable voter qualifies as the survivor. */
  NO_SURVIVOR,
  /** A member that is down was seen at a later revision than any that answers. */
  FRESHER_VOLUME,
  /** The survivor's claim is marked for deletion: a restart of its pod would destroy its data. */
  SURVIVOR_VOLUME_DOOMED,
  /** The survivor's pod is of another template than its restart would pick up. */
  TEMPLATE_CHANGED,
  /** The survivor's pod does not exist. */
  SURVIVOR_POD_MISSING,
  /**
   * The survivor does not answer, or somebody else does in its place; or it was restarted before it
   * could be copied, so that the loss is observed anew.
   */
  SURVIVOR_NOT_HEALTHY,
  /** The survivor was lost before anything was armed for it; another one is chosen. */
  SURVIVOR_LOST,
  /** The members' data is not on a claim of their own, so that no rebuild would be safe. */
  STORAGE_NOT_RECOVERABLE,
  /** The etcd version has a known defect on every way to rebuild. */
  VERSION_UNSAFE,
  /** A plan is ready and waits for a human's approval. */
  AWAITING_APPROVAL,
  /** Recovery is switched off ({@code mode: Never}); the loss is only reported. */
  RECOVERY_OFF,
  /** The attempt before is not long enough ago. */
  COOLING_DOWN,
  /** As many rebuilds as allowed were begun within the attempt window. */
  ATTEMPTS_EXHAUSTED,
  /** The StatefulSet is not there. */
  WORKLOAD_MISSING,

  /** The rebuild is committed to; the attempt is counted. */
  RECOVERY_STARTED,
  /** Waiting until only the survivor's pod can run. */
  FENCING,
  /** A copy of the survivor's data is being made. */
  PRESERVING,
  /** {@code <name>-state} is being rewritten to the survivor alone. */
  REWRITING_STATE,
  /** {@code --force-new-cluster} is being injected. */
  ARMING,
  /** The survivor is being stopped, so that its database can be restored. */
  STOPPING,
  /** The survivor's database is being restored beside the original. */
  RESTORING,
  /** The restore failed as often as is tried. */
  RESTORE_FAILED,
  /** The survivor is being started on what was restored. */
  ADOPTING,
  /** Waiting until the survivor is healthy and leads itself. */
  VERIFYING,
  /** {@code --force-new-cluster} is being removed. */
  DISARMING,
  /** Waiting until the survivor is healthy without the flag. */
  VERIFYING_AGAIN,
  /** The survivor serves; members are added back. */
  RECOVERY_SCALING_OUT,
  /** The cluster has all its members again. */
  RECOVERY_COMPLETED,
  /** Writes that the survivor had not seen may be lost. */
  POSSIBLE_DATA_LOSS,
  /** A human acknowledged the data loss. */
  DATA_LOSS_ACKNOWLEDGED,
  /** No data was ever put at risk by a recovery. */
  NO_DATA_LOSS,
  /** No recovery is under way. */
  NO_RECOVERY,
  /** The recovery is held; the message says by what. */
  RECOVERY_BLOCKED,

  /** The member list could not be read by a quorum, or is empty. */
  MEMBER_LIST_UNUSABLE,
  /** The first members are being started. */
  BOOTSTRAPPING,
  /** A learner is being added. */
  ADDING_LEARNER,
  /** A learner's pod is being made to start. */
  STARTING_LEARNER,
  /** A learner has not caught up with the leader yet. */
  LEARNER_CATCHING_UP,
  /** A learner is being promoted. */
  PROMOTING,
  /** A member has to be healthy before the membership can change. */
  MEMBER_UNHEALTHY,
  /** A member is being removed. */
  REMOVING_MEMBER,
  /** A member that lost its disk was removed and is added anew. */
  MEMBER_REPLACED,
  /** A claim of a former member is in the way of a new one and is being deleted. */
  DISCARDING_VOLUME,
  /** The data of a member that was passed over keeps its place until the loss is acknowledged. */
  VOLUME_KEPT,
  /** A directory that was kept until its incident was acknowledged is being removed. */
  REMOVING_DIRECTORY,
  /** A directory that was kept until its incident was acknowledged could not be removed. */
  DIRECTORY_NOT_REMOVED,
  /** The StatefulSet is being resized. */
  RESIZING,
  /** The membership is being sealed against members that lost their disk. */
  SEALING,
  /** Pods are being replaced by ones of the wanted template. */
  ROLLING_OUT,
  /** Everything is as it was asked for. */
  AS_DESIRED,

  /** etcd or Kubernetes refused the act; it is decided anew at the next turn. */
  ACT_REFUSED,
  /** A call failed; it is decided anew at the next turn. */
  PORT_FAILED,
  /** The manifest asks for something that cannot be had. */
  INVALID_SPEC,
  /** Something of that name belongs to somebody else. */
  NAME_TAKEN;

  private final String word =
      Arrays.stream(name().split("_"))
          .map(part -> part.charAt(0) + part.substring(1).toLowerCase(Locale.ROOT))
          .collect(Collectors.joining());

  /** The constant in the form that Kubernetes wants of a condition's reason: {@code QuorumLost}. */
  public String word() {
    return word;
  }

  /**
   * The reason of this word.
   *
   * @throws IllegalArgumentException where there is none
   */
  public static Reason ofWord(String word) {
    return Arrays.stream(values())
        .filter(reason -> reason.word.equals(word))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no reason is called " + word));
  }
}
