package dev.requorum.fabric8;

import io.fabric8.kubernetes.client.KubernetesClientException;

/** Why a request to the API server failed. */
public final class ApiFailure {

  private ApiFailure() {}

  /** In one sentence: the API server's own where it gave one, else that of what came between. */
  public static String inWords(KubernetesClientException e) {
    if (e.getStatus() != null && e.getStatus().getMessage() != null) {
      return e.getStatus().getMessage();
    }
    Throwable cause = e.getCause() == null ? e : e.getCause();
    return cause.getMessage() == null ? cause.toString() : cause.getMessage();
  }
}
