package dev.requorum.ports.etcd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.requorum.ports.Fact;
import dev.requorum.ports.PortFailure;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What every {@link MemberData} guarantees. */
public abstract class MemberDataContract {

  private static final Duration LIMIT = Duration.ofSeconds(10);
  private static final int SHA_256_BYTES = 32;

  /** A healthy cluster of {@code m0} to {@code m(voters - 1)}. */
  protected abstract ClusterUnderTest healthy(int voters);

  @Test
  @Tag("S24")
  @DisplayName("S24: a member reads from its own store without a quorum")
  void readWithoutQuorum() {
    try (ClusterUnderTest cluster = healthy(2)) {
      cluster.put("k", "värde");
      cluster.kill("m0");
      MemberEndpoint m1 = cluster.endpoint("m1");

      assertThat(cluster.data().read(m1, "k", LIMIT)).isEqualTo(Fact.known(Optional.of("värde")));
      assertThat(cluster.data().read(m1, "absent", LIMIT)).isEqualTo(Fact.known(Optional.empty()));
    }
  }

  @Test
  @Tag("S23")
  @DisplayName("S23: a snapshot needs no quorum, and its last 32 bytes are the digest of the rest")
  void snapshotWithoutQuorum() throws NoSuchAlgorithmException {
    try (ClusterUnderTest cluster = healthy(2)) {
      cluster.put("k", "preserved");
      cluster.kill("m0");
      KeptOpen to = new KeptOpen();

      long written = cluster.data().snapshot(cluster.endpoint("m1"), to, LIMIT);

      byte[] bytes = to.toByteArray();
      assertThat(written).isEqualTo(bytes.length).isGreaterThan(SHA_256_BYTES);
      int end = bytes.length - SHA_256_BYTES;
      assertThat(Arrays.copyOfRange(bytes, end, bytes.length))
          .isEqualTo(MessageDigest.getInstance("SHA-256").digest(Arrays.copyOf(bytes, end)));
      assertThat(new String(bytes, 0, end, StandardCharsets.ISO_8859_1)).contains("preserved");
      assertThat(to.closed).isFalse();
    }
  }

  @Test
  @DisplayName("Of a dead member a read is unknown and a snapshot fails, both by its name")
  void dead() {
    try (ClusterUnderTest cluster = healthy(1)) {
      cluster.kill("m0");
      MemberEndpoint m0 = cluster.endpoint("m0");

      assertThat(cluster.data().read(m0, "k", LIMIT).why().orElseThrow()).contains("m0");
      assertThatThrownBy(() -> cluster.data().snapshot(m0, new ByteArrayOutputStream(), LIMIT))
          .isInstanceOf(PortFailure.class)
          .hasMessageContaining("m0");
    }
  }

  @Test
  @DisplayName("A snapshot that cannot be written fails with the reason")
  void diskFull() {
    try (ClusterUnderTest cluster = healthy(1)) {
      OutputStream full =
          new OutputStream() {
            @Override
            public void write(int b) throws IOException {
              throw new IOException("No space left on device");
            }
          };
      assertThatThrownBy(() -> cluster.data().snapshot(cluster.endpoint("m0"), full, LIMIT))
          .isInstanceOf(PortFailure.class)
          .hasMessageContaining("No space left on device");
    }
  }

  private static final class KeptOpen extends ByteArrayOutputStream {
    private boolean closed;

    @Override
    public void close() throws IOException {
      closed = true;
      super.close();
    }
  }
}
