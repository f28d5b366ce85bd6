package dev.requorum.ports.record;

/**
 * The recorded steps of {@link Phase#REBUILDING}, in the order in which they are taken: after the
 * fence, {@link #PRESERVE} to {@link #ARM} by {@link Strategy#FORCE_NEW_CLUSTER}, {@link #STOP} to
 * {@link #ADOPT} by {@link Strategy#RESTORE}. A step that finds its work done already is passed
 * through in the turn of the next.
 */
public enum Step {
  /**
   * Aside from the others: before anything was armed for the survivor it was lost, or was restarted
   * and cannot be copied, or another member's node fell silent. Seal the membership, run all voters
   * again, and then choose anew.
   */
  RELEASE("Release"),
  /**
   * Cut the StatefulSet to the survivor; wait until the other members' pods are verifiably gone.
   */
  FENCE("Fence"),
  /** Make sure that a copy of the survivor's data exists. */
  PRESERVE("Preserve"),
  /** Rewrite {@code <name>-state} to the survivor alone, state {@code new} (S13). */
  REWRITE_STATE("RewriteState"),
  /** Inject {@code --force-new-cluster}, mark it, and restart the survivor (S12, S14, S15). */
  ARM("Arm"),
  /** Stop the survivor too, gracefully, so that its database is whole and nobody writes to it. */
  STOP("Stop"),
  /** Restore the survivor's database beside the original. */
  RESTORE("Restore"),
  /**
   * Mark the volumes, point {@code <name>-state} to what was restored, and run the survivor again.
   */
  ADOPT("Adopt"),
  /** Wait until the survivor is healthy and leads itself; record the data loss, once (S20). */
  VERIFY("Verify"),
  /** Remove flag and mark, and restart the survivor (S16). */
  DISARM("Disarm"),
  /** Wait until the survivor is healthy without the flag. */
  VERIFY_AGAIN("VerifyAgain");

  private final String word;

  Step(String word) {
    this.word = word;
  }

  /** The name in {@code status.recovery.step}. */
  public String word() {
    return word;
  }

  /**
   * The step of this word.
   *
   * @throws IllegalArgumentException where there is none
   */
  public static Step ofWord(String word) {
    for (Step step : values()) {
      if (step.word.equals(word)) {
        return step;
      }
    }
    throw new IllegalArgumentException("no step is called " + word);
  }
}
