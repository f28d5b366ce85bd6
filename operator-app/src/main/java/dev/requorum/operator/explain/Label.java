package dev.requorum.operator.explain;

/** What the lines of an explanation are about, in the order in which they are printed. */
enum Label {
  /** What is happening. */
  NOW("Now"),
  /** Which members are missing, by whose account. */
  MISSING("Missing"),
  /** Why the operator does what it does, or does nothing. */
  WHY("Why"),
  /** What it waits for. */
  WAITING("Waits for"),
  /** Until when. */
  UNTIL("Until"),
  /** What is going to be done, or is being done. */
  PLAN("Plan"),
  /** What comes after that. */
  THEN("Then"),
  /** What was lost, or may be. */
  LOST("Lost"),
  /** What a human can do. */
  TO_DO("To do"),
  /** What happened before. */
  EARLIER("Earlier");

  private final String word;

  Label(String word) {
    this.word = word;
  }

  String word() {
    return word;
  }
}
