package dev.requorum.e2e.histories;

import dev.requorum.e2e.histories.Result.Outcome;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** A history made by hand: each operation returns before the next one is called. */
final class HandMade {

  static final String OLD = "aa";
  static final String NEW = "bb";

  /** A member of the cluster before, which is lost. */
  static final String LOST_MEMBER = "1";

  static final String SURVIVOR = "2";
  private static final String MEMBER_AFTER = "3";
  private static final long RETAINED = 4;
  private static final long DETECTED_AT = 9_000;
  private static final long COMMITTED_AT = 10_000;

  private final List<Operation> operations = new ArrayList<>();
  private final HistoryFile dumps = new HistoryFile();
  private long now = 1000;
  private String clusterAfter = NEW;
  private long bump = 1000;
  private long atLeast = 1;
  private Optional<Long> atMost = Optional.of(1L);

  /** Begins with five writes, of which the last one is lost; a read is in between. */
  static HandMade withALoss() {
    return new HandMade()
        .old(Request.put("k", "a"), 2)
        .old(Request.get("k"), 2, "k", "a", 2)
        .old(Request.put("k", "b"), 3)
        .old(Request.put("once", "c"), 4)
        .old(Request.put("k", "d"), 5);
  }

  /** The same, with a recovery after which all is as it should be. */
  static HandMade whole() {
    return withALoss()
        .recovered()
        .fresh(Request.get("k"), 1004, "k", "b", 3)
        .fresh(Request.put("k", "e"), 1005)
        .fresh(Request.get("k"), 1005, "k", "e", 1005);
  }

  /** Rebuilt in place: the id stays, and revisions go on where the survivor was. */
  HandMade inPlace() {
    clusterAfter = OLD;
    bump = 0;
    return this;
  }

  HandMade bounds(long least, Long... most) {
    atLeast = least;
    atMost = Stream.of(most).findFirst();
    return this;
  }

  /** All that is added from now on is asked after the rebuild was committed to. */
  HandMade recovered() {
    now = COMMITTED_AT + 1000;
    return this;
  }

  /** The cluster before answers a write, or a read that finds nothing. */
  HandMade old(Request request, long revision) {
    return ok(request, OLD, LOST_MEMBER, revision, List.of());
  }

  HandMade old(Request request, long revision, String key, String value, long modRevision) {
    return ok(request, OLD, LOST_MEMBER, revision, List.of(new Entry(key, value, modRevision)));
  }

  /** The cluster after answers. */
  HandMade fresh(Request request, long revision) {
    return ok(request, clusterAfter, MEMBER_AFTER, revision, List.of());
  }

  HandMade fresh(Request request, long revision, String key, String value, long modRevision) {
    return ok(
        request, clusterAfter, MEMBER_AFTER, revision, List.of(new Entry(key, value, modRevision)));
  }

  private HandMade ok(
      Request request, String cluster, String member, long revision, List<Entry> found) {
    boolean written = request.kind() != Request.Kind.GET && found.isEmpty();
    return add(request, Result.ok(new Answer(cluster, member, revision, written, found)));
  }

  HandMade ended(Request request, Outcome outcome) {
    return add(request, new Result(outcome, Optional.empty(), "by hand"));
  }

  private HandMade add(Request request, Result result) {
    operations.add(new Operation(0, "m", request, now, now + 5, result));
    now += 10;
    return this;
  }

  HandMade dump(String member, Entry... entries) {
    dumps.dump(member, List.of(entries));
    return this;
  }

  HistoryFile file() {
    Account account =
        new Account(
            RETAINED,
            atLeast,
            atMost,
            bump,
            OLD,
            clusterAfter,
            List.of(LOST_MEMBER, SURVIVOR),
            SURVIVOR,
            Instant.ofEpochSecond(DETECTED_AT),
            Instant.ofEpochSecond(COMMITTED_AT));
    return dumps.account(account, Instant::getEpochSecond).operations(operations);
  }
}
