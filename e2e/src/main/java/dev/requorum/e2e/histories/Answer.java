package dev.requorum.e2e.histories;

import java.util.List;
import java.util.Objects;

/**
 * What a member answered.
 *
 * @param clusterId from the header, in hexadecimal as all ids
 * @param memberId the member that answered, which need not be the one that is meant to be there
 * @param revision of the store when it answered, from the header
 * @param written whether something was written
 * @param found what was read
 */
record Answer(
    String clusterId, String memberId, long revision, boolean written, List<Entry> found) {

  Answer {
    Objects.requireNonNull(clusterId, "clusterId");
    Objects.requireNonNull(memberId, "memberId");
    found = List.copyOf(found);
  }
}
