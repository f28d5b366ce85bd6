package dev.requorum.jetcd;

import static dev.requorum.ports.etcd.Eventually.eventually;

import com.google.protobuf.ByteString;
import dev.requorum.ports.etcd.ClusterUnderTest;
import dev.requorum.ports.etcd.MemberData;
import dev.requorum.ports.etcd.MemberEndpoint;
import dev.requorum.ports.etcd.MemberProbe;
import dev.requorum.ports.etcd.Membership;
import io.etcd.jetcd.api.KVGrpc;
import io.etcd.jetcd.api.PutRequest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A cluster of real etcd processes on loopback, with the adapter's ports to it. It ends with {@link
 * #close}, or else with the JVM: no process and no directory is left.
 */
final class EtcdProcesses implements ClusterUnderTest {

  private static final Duration START_MAX = Duration.ofSeconds(30);
  private static final Duration CALL_MAX = Duration.ofSeconds(10);

  private final Map<String, EtcdProcess> members = new TreeMap<>();
  private final List<String> options;
  private final Path directory;
  private final EtcdChannels channels = new EtcdChannels();
  private final Thread atExit = new Thread(this::endProcesses, "end-etcd");

  private EtcdProcesses(List<String> options) {
    this.options = options;
    try {
      this.directory = Files.createTempDirectory("requorum-etcd-");
    } catch (IOException e) {
      throw new UncheckedIOException("make a directory for etcd", e);
    }
    Runtime.getRuntime().addShutdownHook(atExit);
  }

  /** A cluster of {@code m0}, {@code m1} and so on, each of which says that it is healthy. */
  static EtcdProcesses healthy(int voters, String... options) {
    EtcdProcesses cluster = new EtcdProcesses(List.of(options));
    try {
      List<EtcdProcess> processes =
          IntStream.range(0, voters).mapToObj(i -> cluster.member("m" + i)).toList();
      String all = cluster.initialCluster();
      processes.forEach(process -> process.start(all, "new", cluster.options));
      processes.forEach(process -> cluster.awaitHealth(process));
      return cluster;
    } catch (RuntimeException | AssertionError e) {
      cluster.close();
      throw e;
    }
  }

  EtcdChannels channels() {
    return channels;
  }

  @Override
  public MemberProbe probe() {
    return new JetcdMemberProbe(channels);
  }

  @Override
  public Membership membership() {
    return new JetcdMembership(channels);
  }

  @Override
  public MemberData data() {
    return new JetcdMemberData(channels);
  }

  @Override
  public MemberEndpoint endpoint(String name) {
    return new MemberEndpoint(name, member(name).clientUrl(), Optional.of(member(name).peerUrl()));
  }

  @Override
  public URI peerUrl(String name) {
    return member(name).peerUrl();
  }

  @Override
  public void kill(String name) {
    member(name).kill();
  }

  @Override
  public void hang(String name) {
    member(name).hang();
  }

  @Override
  public void start(String name) {
    member(name).start(initialCluster(), "existing", options);
  }

  /** Through {@code m0}. */
  @Override
  public void put(String key, String value) {
    PutRequest request =
        PutRequest.newBuilder()
            .setKey(ByteString.copyFromUtf8(key))
            .setValue(ByteString.copyFromUtf8(value))
            .build();
    try (MemberChannel channel = channels.open(endpoint("m0"))) {
      channel.order(KVGrpc.getPutMethod(), request, Limit.of(CALL_MAX)).join();
    }
  }

  @Override
  public void close() {
    channels.close();
    Runtime.getRuntime().removeShutdownHook(atExit);
    endProcesses();
  }

  private EtcdProcess member(String name) {
    return members.computeIfAbsent(name, missing -> new EtcdProcess(missing, directory));
  }

  private String initialCluster() {
    return members.values().stream()
        .map(member -> member.name() + "=" + member.peerUrl())
        .collect(Collectors.joining(","));
  }

  private void awaitHealth(EtcdProcess process) {
    HttpClient http = HttpClient.newHttpClient();
    HttpRequest request =
        HttpRequest.newBuilder(process.clientUrl().resolve("/health")).timeout(CALL_MAX).build();
    eventually(
        "etcd is healthy",
        START_MAX,
        () -> {
          try {
            return http.send(request, HttpResponse.BodyHandlers.ofString()).statusCode() + "";
          } catch (IOException e) {
            return e + " " + process.describe();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return "interrupted";
          }
        },
        "200"::equals);
  }

  private void endProcesses() {
    members.values().forEach(EtcdProcess::kill);
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("remove " + directory, e);
    }
  }
}
