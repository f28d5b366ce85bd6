package dev.requorum.core.sim;

import java.util.ArrayList;
import java.util.List;

/**
 * Who reaches whom, one direction at a time: the machines of the members by their ordinals, the two
 * operators and the API server. A machine that does not reach the API server is a silent node.
 */
final class Net {

  static final int MACHINES = 9;
  static final int OPERATOR_A = 9;
  static final int OPERATOR_B = 10;
  static final int API = 11;
  static final int PLACES = 12;

  private final boolean[][] cut = new boolean[PLACES][PLACES];

  static String name(int place) {
    return switch (place) {
      case OPERATOR_A -> "operator A";
      case OPERATOR_B -> "operator B";
      case API -> "the API server";
      default -> "machine " + place;
    };
  }

  boolean passes(int from, int to) {
    return !cut[from][to];
  }

  boolean talk(int one, int other) {
    return !cut[one][other] && !cut[other][one];
  }

  void cutOneWay(int from, int to) {
    cut[from][to] = from != to;
  }

  void cut(int one, int other) {
    cutOneWay(one, other);
    cutOneWay(other, one);
  }

  void heal(int one, int other) {
    cut[one][other] = false;
    cut[other][one] = false;
  }

  /** Nobody in the set reaches anybody outside of it. */
  void partition(int set) {
    for (int one = 0; one < PLACES; one++) {
      for (int other = 0; other < PLACES; other++) {
        if ((set >> one & 1) != (set >> other & 1)) {
          cut[one][other] = true;
        }
      }
    }
  }

  /** The same, but everybody goes on reaching the API server. */
  void split(int set) {
    for (int one = 0; one < PLACES; one++) {
      for (int other = 0; other < PLACES; other++) {
        boolean apart = (set >> one & 1) != (set >> other & 1);
        cut[one][other] |= apart && one != API && other != API;
      }
    }
  }

  static String names(int set) {
    List<String> names = new ArrayList<>();
    for (int place = 0; place < PLACES; place++) {
      if ((set >> place & 1) == 1) {
        names.add(name(place));
      }
    }
    return String.join(", ", names);
  }

  void healAll() {
    for (boolean[] row : cut) {
      java.util.Arrays.fill(row, false);
    }
  }
}
