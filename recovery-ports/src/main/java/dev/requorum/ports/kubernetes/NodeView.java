package dev.requorum.ports.kubernetes;

import java.util.Objects;

/**
 * A node that exists.
 *
 * @param reporting its Ready condition is True or False; not Unknown, which means that its kubelet
 *     fell silent
 * @param outOfService it carries the taint {@code node.kubernetes.io/out-of-service}: a human
 *     vouches that it is off
 */
public record NodeView(String name, boolean reporting, boolean outOfService) {

  public NodeView {
    Objects.requireNonNull(name, "name");
  }
}
