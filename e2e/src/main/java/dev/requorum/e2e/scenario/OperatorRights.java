package dev.requorum.e2e.scenario;

import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.List;

/** placeholder until the operator ships its RBAC manifest */
final class OperatorRights {
  static final String SERVICE_ACCOUNT = "requorum";

  private OperatorRights() {}

  static List<HasMetadata> in(String namespace) {
    throw new IllegalStateException(namespace);
  }
}
