package dev.requorum.ports.record;

import dev.requorum.ports.etcd.MemberId;
import java.util.Objects;

/**
 * One voter that did not answer when the loss was assessed.
 *
 * @param detail in words, what Kubernetes says of it
 */
public record MissingVoter(MemberId id, String name, Missing missing, String detail) {

  public MissingVoter {
    Objects.requireNonNull(id, "id");
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(missing, "missing");
    Objects.requireNonNull(detail, "detail");
  }
}
