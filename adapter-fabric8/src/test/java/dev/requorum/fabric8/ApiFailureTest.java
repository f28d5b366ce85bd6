package dev.requorum.fabric8;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.StatusBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.IOException;
import java.net.ConnectException;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A request to the API server that failed is told")
class ApiFailureTest {

  @Test
  @DisplayName("in the API server's own words, without the client's around them")
  void answered() {
    KubernetesClientException refused =
        new KubernetesClientException(
            "Failure executing: POST",
            403,
            new StatusBuilder().withCode(403).withMessage("pods is forbidden").build());
    assertThat(ApiFailure.inWords(refused)).isEqualTo("pods is forbidden");
  }

  @Test
  @DisplayName("by what came between where the API server did not answer")
  void unanswered() {
    assertThat(ApiFailure.inWords(after(new ConnectException("Connection refused"))))
        .isEqualTo("Connection refused");
    assertThat(ApiFailure.inWords(after(new IOException()))).isEqualTo("java.io.IOException");
  }

  @Test
  @DisplayName("by the client's words where there are no others")
  void unexplained() {
    KubernetesClientException wordless =
        new KubernetesClientException("timed out", 500, new StatusBuilder().build());
    assertThat(ApiFailure.inWords(wordless)).isEqualTo("timed out");
  }

  private static KubernetesClientException after(Exception cause) {
    return new KubernetesClientException("Operation: [get] failed", cause);
  }
}
