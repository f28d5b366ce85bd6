package dev.requorum.e2e.crash;

import java.util.Objects;

/**
 * A point and the recovery that tells what came of it.
 *
 * @param played one in which an operator died there; alone, where one with others ended otherwise
 */
record Row(CrashPoint point, Played played) {

  Row {
    Objects.requireNonNull(point, "point");
    Objects.requireNonNull(played, "played");
  }
}
