package dev.requorum.jetcd;

import static org.assertj.core.api.Assertions.assertThat;

import dev.requorum.ports.etcd.ClusterId;
import dev.requorum.ports.etcd.EtcdView;
import dev.requorum.ports.etcd.MemberEndpoint;
import dev.requorum.ports.etcd.ProbeLimits;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("A member that gives no status")
class PeersOnlyTest {

  private static final ProbeLimits LIMITS =
      new ProbeLimits(Duration.ofSeconds(3), Duration.ofSeconds(3));
  private static final byte[] NOTHING = {};

  /** An empty SETTINGS frame, with which each HTTP/2 server begins. */
  private static final byte[] GREETING = {0, 0, 0, 4, 0, 0, 0, 0, 0};

  private static final String NAMED =
      "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nX-Etcd-Cluster-Id: 10a5f20917ec44c2\r\n"
          + "Content-Length: 2\r\n\r\n[]";

  @Test
  @DisplayName("and is mute to clients names its cluster at its peer port")
  void mute() throws IOException {
    try (ServerSocket client = saying(NOTHING);
        ServerSocket peer = saying(NAMED.getBytes(StandardCharsets.US_ASCII))) {
      assertThat(peersOnly(client, "127.0.0.1", peer))
          .contains(ClusterId.parse("10a5f20917ec44c2"));
    }
  }

  @Test
  @DisplayName("but greets clients is slow, and not one that serves its peers alone")
  void slow() throws IOException {
    try (ServerSocket client = saying(GREETING);
        ServerSocket peer = saying(NAMED.getBytes(StandardCharsets.US_ASCII))) {
      assertThat(peersOnly(client, "127.0.0.1", peer)).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "HTTP/1.1 404 Not Found\r\nX-Etcd-Cluster-Id: 10a5f20917ec44c2\r\n\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n",
        "HTTP/1.1 200 OK\r\nX-Etcd-Cluster-Id: mine\r\n\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: 40\r\n\r\nX-Etcd-Cluster-Id: 10a5f20917ec44c2\r\n",
      })
  @DisplayName("names no cluster by anything else that is said at its peer port")
  void anythingElse(String answer) throws IOException {
    try (ServerSocket client = saying(NOTHING);
        ServerSocket peer = saying(answer.getBytes(StandardCharsets.US_ASCII))) {
      assertThat(peersOnly(client, "127.0.0.1", peer)).isEmpty();
    }
  }

  @Test
  @DisplayName("is not asked at a peer port whose address would have to be looked up")
  void names() throws IOException {
    try (ServerSocket client = saying(NOTHING);
        ServerSocket peer = saying(NAMED.getBytes(StandardCharsets.US_ASCII))) {
      assertThat(peersOnly(client, "localhost", peer)).isEmpty();
    }
  }

  private static Optional<ClusterId> peersOnly(
      ServerSocket client, String host, ServerSocket peer) {
    MemberEndpoint member =
        new MemberEndpoint(
            "m0",
            URI.create("http://127.0.0.1:" + client.getLocalPort()),
            Optional.of(URI.create("http://" + host + ":" + peer.getLocalPort())));
    try (EtcdChannels channels = new EtcdChannels()) {
      EtcdView view = new JetcdMemberProbe(channels).probe(List.of(member), LIMITS);
      assertThat(view.status("m0")).isEmpty();
      return view.peersOnly("m0");
    }
  }

  /** Says this to whoever connects, and nothing more, until it is closed. */
  private static ServerSocket saying(byte[] words) throws IOException {
    ServerSocket server = new ServerSocket(0, 8, InetAddress.getLoopbackAddress());
    Thread thread = new Thread(() -> serve(server, words), "saying");
    thread.setDaemon(true);
    thread.start();
    return server;
  }

  private static void serve(ServerSocket server, byte[] words) {
    while (!server.isClosed()) {
      try {
        Socket connected = server.accept();
        connected.getOutputStream().write(words);
        connected.getOutputStream().flush();
      } catch (IOException e) {
        if (!server.isClosed()) {
          throw new UncheckedIOException(e);
        }
      }
    }
  }
}
