package dev.requorum.operator.objects;

/** What became of making sure that a cluster's objects are there. */
public sealed interface Ensured {

  /** They are there as they are wanted, or are left alone while a recovery works on them. */
  record Done() implements Ensured {}

  /**
   * An object of that name belongs to somebody else; nothing was touched.
   *
   * @param why names the object and its owner
   */
  record NameTaken(String why) implements Ensured {}

  /**
   * The API server refused an object.
   *
   * @param why names the object and has the API server's own words
   */
  record Rejected(String why) implements Ensured {}

  /** Somebody else changed an object meanwhile: look again at once. */
  record Overtaken() implements Ensured {}
}
