package dev.requorum.ports.record;

import dev.requorum.ports.etcd.MemberId;
import java.util.Arrays;
import java.util.Objects;

/**
 * The voter that the cluster is rebuilt from, as it stood when it was chosen.
 *
 * @param raftTerm 0 where it is not known
 * @param raftIndex the committed one; 0 where it is not known
 * @param revision the newest it had; by {@link Basis#LAST_SEEN} it may have later ones
 * @param basis where these figures are from
 */
public record Survivor(
    MemberId id,
    String name,
    int ordinal,
    long raftTerm,
    long raftIndex,
    long revision,
    Basis basis) {

  /** Where a survivor's figures are from. */
  public enum Basis {
    /** The member answered: it had exactly that. */
    ANSWERED("Answered"),
    /**
     * The member did not answer, for it was restarted without a quorum. The revision is the one
     * that it was last seen at before the loss, and a lower bound; term and index are not known.
     */
    LAST_SEEN("LastSeen");

    private final String word;

    Basis(String word) {
      this.word = word;
    }

    /** The name in {@code status.recovery}. */
    public String word() {
      return word;
    }

    /**
     * The basis of this word.
     *
     * @throws IllegalArgumentException where there is none
     */
    public static Basis ofWord(String word) {
      return Arrays.stream(values())
          .filter(basis -> basis.word.equals(word))
          .findFirst()
          .orElseThrow(() -> new IllegalArgumentException("no basis is called " + word));
    }
  }

  /** One that answered. */
  public Survivor(
      MemberId id, String name, int ordinal, long raftTerm, long raftIndex, long revision) {
    this(id, name, ordinal, raftTerm, raftIndex, revision, Basis.ANSWERED);
  }

  public Survivor {
    Objects.requireNonNull(id, "id");
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(basis, "basis");
  }

  /** One that did not answer, and was last seen at this revision. */
  public static Survivor lastSeenAt(MemberId id, String name, int ordinal, long revision) {
    return new Survivor(id, name, ordinal, 0, 0, revision, Basis.LAST_SEEN);
  }

  /** Whether it answered when it was chosen. */
  public boolean answered() {
    return basis == Basis.ANSWERED;
  }
}
