package dev.requorum.core.sim;

import dev.requorum.ports.etcd.Member;
import java.util.List;
import java.util.Optional;

/**
 * An entry of a raft log. Two logs agree on an entry exactly where they hold the same object.
 *
 * @param write the number of a client's write; -1 for none
 * @param members the whole membership from here on, where this entry changes it
 */
record Entry(long term, int write, Optional<List<Member>> members) {

  static Entry nothing(long term) {
    return new Entry(term, -1, Optional.empty());
  }

  static Entry write(long term, int number) {
    return new Entry(term, number, Optional.empty());
  }

  static Entry membership(long term, List<Member> members) {
    return new Entry(term, -1, Optional.of(List.copyOf(members)));
  }
}
