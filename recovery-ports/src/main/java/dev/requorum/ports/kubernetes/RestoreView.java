package dev.requorum.ports.kubernetes;

import java.util.Objects;
import java.util.Optional;

/**
 * The pod that restores a survivor's database, as the API server knows it. It runs once: what ended
 * is never started again.
 *
 * @param directory what it restores into
 * @param node where it was bound to; empty until it was
 * @param detail why it does not run or how it failed, in its own or Kubernetes' words; or empty
 */
public record RestoreView(
    String pod,
    String uid,
    String directory,
    State state,
    Optional<String> node,
    boolean terminating,
    String detail) {

  /** How far it is. */
  public enum State {
    /** It has not ended; whether it runs is in the detail. */
    UNDER_WAY,
    /**
     * It cannot begin, as its image cannot be had; it does by itself where that is mended. The
     * detail says why.
     */
    STALLED,
    /** The directory is complete. */
    SUCCEEDED,
    /** It ended otherwise: the directory is missing or in pieces, and of no use. */
    FAILED
  }

  public RestoreView {
    Objects.requireNonNull(pod, "pod");
    Objects.requireNonNull(uid, "uid");
    Objects.requireNonNull(directory, "directory");
    Objects.requireNonNull(state, "state");
    Objects.requireNonNull(node, "node");
    Objects.requireNonNull(detail, "detail");
  }
}
