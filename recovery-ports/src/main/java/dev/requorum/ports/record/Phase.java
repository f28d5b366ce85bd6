package dev.requorum.ports.record;

/** Where a recovery stands ({@code status.recovery.phase}, S06). */
public enum Phase {
  /**
   * A loss was seen and is being made sure of. Nothing is changed.
   *
   * <p>Goes to: no incident (healed), {@link #REBUILDING} (window over, evidence complete).
   */
  DETECTING("Detecting"),
  /**
   * The cluster is being rebuilt from the survivor, in {@link Step}s.
   *
   * <p>Goes to: {@link #SCALING_OUT} (the survivor serves alone, without the flag), no incident (a
   * quorum came back before anything was forced), {@link #DETECTING} of a new incident (the
   * survivor was lost before anything was armed).
   */
  REBUILDING("Rebuilding"),
  /**
   * Members are added back, one learner at a time.
   *
   * <p>Goes to: {@link #COMPLETED} (all voters are back), {@link #DETECTING} of a new incident (the
   * quorum was lost again).
   */
  SCALING_OUT("ScalingOut"),
  /**
   * All voters are back. Stays until the next incident.
   *
   * <p>Goes to: {@link #DETECTING} of a new incident.
   */
  COMPLETED("Completed");

  private final String word;

  Phase(String word) {
    this.word = word;
  }

  /** The name in {@code status.recovery.phase}. */
  public String word() {
    return word;
  }

  /**
   * The phase of this word.
   *
   * @throws IllegalArgumentException where there is none
   */
  public static Phase ofWord(String word) {
    for (Phase phase : values()) {
      if (phase.word.equals(word)) {
        return phase;
      }
    }
    throw new IllegalArgumentException("no phase is called " + word);
  }
}
