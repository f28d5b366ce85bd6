package dev.requorum.e2e.world;

import java.util.Objects;

/**
 * Somebody on a world's network, who can be cut off from somebody else.
 *
 * @param kind what it is
 * @param name its name; for a pod namespace/name
 */
public record Party(Kind kind, String name) {
  /** What a party is. */
  public enum Kind {
    /** A pod, in all its incarnations. */
    POD,
    /** A node with its pods. */
    NODE,
    /** A process that is no pod. */
    PROCESS,
    /** The Kubernetes API server. */
    API_SERVER,
    /** All that are not the other party. */
    EVERYBODY_ELSE
  }

  public Party {
    Objects.requireNonNull(kind, "kind");
    Objects.requireNonNull(name, "name");
  }

  /** A pod, in all its incarnations. */
  public static Party pod(String namespace, String name) {
    return new Party(Kind.POD, namespace + "/" + name);
  }

  /** A node: itself (as seen by the API server) and all pods on it, now and later. */
  public static Party node(String name) {
    return new Party(Kind.NODE, name);
  }

  /** A process started with {@link World#startProcess}, in all its runs. */
  public static Party process(String name) {
    return new Party(Kind.PROCESS, name);
  }

  /** The Kubernetes API server. */
  public static Party apiServer() {
    return new Party(Kind.API_SERVER, "");
  }

  /**
   * All others. Two pods of the same node are not cut from each other when their node is cut from
   * all others.
   */
  public static Party everybodyElse() {
    return new Party(Kind.EVERYBODY_ELSE, "");
  }
}
