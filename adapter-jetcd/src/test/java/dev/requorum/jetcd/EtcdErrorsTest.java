package dev.requorum.jetcd;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.Status;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("A failed call is read for what it says")
class EtcdErrorsTest {

  private static final Limit LIMIT = Limit.of(Duration.ofSeconds(2));

  @ParameterizedTest(name = "{0} \"{1}\" is a refusal: {2}")
  @CsvSource({
    "FAILED_PRECONDITION, etcdserver: can only promote a learner member which is in sync, true",
    "FAILED_PRECONDITION, etcdserver: too many learner members in cluster, true",
    "NOT_FOUND, etcdserver: member not found, true",
    "INVALID_ARGUMENT, etcdserver: given member URLs are invalid, true",
    "PERMISSION_DENIED, etcdserver: permission denied, true",
    "UNAVAILABLE, etcdserver: unhealthy cluster, true",
    "UNAVAILABLE, etcdserver: no leader, false",
    "UNAVAILABLE, etcdserver: request timed out, false",
    "UNAVAILABLE, io exception, false",
    "DEADLINE_EXCEEDED, late, false",
    "UNKNOWN, member promote: unknown error, false"
  })
  void refusal(Status.Code code, String said, boolean refusal) {
    assertThat(EtcdErrors.isRefusal(code.toStatus().withDescription(said))).isEqualTo(refusal);
  }

  @Test
  @DisplayName(
      "The sentence is etcd's own, or the root of the trouble, without a stack of wrappers")
  void describe() {
    assertThat(describe(Status.UNAVAILABLE.withDescription("etcdserver: no leader")))
        .isEqualTo("etcdserver: no leader");
    assertThat(
            describe(
                Status.UNAVAILABLE
                    .withDescription("io exception")
                    .withCause(new IOException(new IOException("Connection refused")))))
        .isEqualTo("io exception: Connection refused");
    assertThat(describe(Status.INTERNAL)).isEqualTo("INTERNAL");
  }

  @Test
  @DisplayName("Of a deadline it says the limit alone, so that the sentence is the same each time")
  void deadline() {
    assertThat(describe(Status.DEADLINE_EXCEEDED.withDescription("after 1.999s, buffered 17 ns")))
        .isEqualTo("no answer within 2000 ms");
  }

  private static String describe(Status status) {
    return EtcdErrors.describe(new CompletionException(status.asRuntimeException()), LIMIT);
  }
}
