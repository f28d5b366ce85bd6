package dev.requorum.jetcd;

import dev.requorum.ports.PortFailure;
import dev.requorum.ports.etcd.ClusterId;
import dev.requorum.ports.etcd.MemberEndpoint;
import io.grpc.ChannelCredentials;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import io.grpc.netty.NettyChannelBuilder;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.util.NetUtil;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Where every connection to an etcd member comes from, and the threads that serve them all.
 *
 * <p>A channel leads to one member and lives for one look or one act. None is kept: a kept channel
 * that once failed waits for its back-off (up to two minutes) and goes on saying "unavailable" of a
 * member that is back. What is dear, the threads, is shared: two for all input and output and up to
 * {@value #NAME_THREADS} for names that have to be resolved, whatever the number of clusters.
 *
 * <p>Safe for use by many threads. To be closed once, after everything that uses it.
 */
public final class EtcdChannels implements AutoCloseable {

  private static final int IO_THREADS = 2;
  private static final int NAME_THREADS = 16;
  private static final int IDLE_NAME_THREAD_SECONDS = 10;
  private static final int CLOSE_SECONDS_MAX = 5;

  private final EventLoopGroup io =
      new MultiThreadIoEventLoopGroup(
          IO_THREADS, new DefaultThreadFactory("etcd-io", true), NioIoHandler.newFactory());
  private final ThreadPoolExecutor names =
      new ThreadPoolExecutor(
          NAME_THREADS,
          NAME_THREADS,
          IDLE_NAME_THREAD_SECONDS,
          TimeUnit.SECONDS,
          new LinkedBlockingQueue<>(),
          new DefaultThreadFactory("etcd-names", true));
  private final PeerPort peers = new PeerPort(io);
  private final Set<MemberChannel> open = ConcurrentHashMap.newKeySet();
  private volatile boolean closed;

  public EtcdChannels() {
    names.allowCoreThreadTimeOut(true);
  }

  /**
   * A channel to this member alone. Nothing is sent before the first call.
   *
   * @throws PortFailure where the URL cannot be used, or after {@link #close}
   */
  MemberChannel open(MemberEndpoint endpoint) {
    if (closed) {
      throw new PortFailure("reach " + endpoint.name(), "the etcd channels are closed");
    }
    MemberChannel channel = new MemberChannel(endpoint, build(endpoint), open::remove);
    open.add(channel);
    return channel;
  }

  /** The cluster that a member names at its peer port; empty where it does not in time. */
  CompletableFuture<Optional<ClusterId>> askPeerPort(MemberEndpoint endpoint, Limit limit) {
    return endpoint
        .peerUrl()
        .map(url -> peers.cluster(url, limit.total()))
        .orElseGet(() -> CompletableFuture.completedFuture(Optional.empty()));
  }

  /** How many channels are open now. */
  int openChannels() {
    return open.size();
  }

  private ManagedChannel build(MemberEndpoint endpoint) {
    URI url = endpoint.clientUrl();
    if (url.getHost() == null || url.getPort() < 1) {
      throw new PortFailure(
          "reach " + endpoint.name(),
          url + " is not a client URL such as http://10.0.0.1:2379, with a host and a port");
    }
    return builder(url.getHost(), url.getPort(), credentials(endpoint))
        .eventLoopGroup(io)
        .channelType(NioSocketChannel.class)
        .directExecutor()
        .offloadExecutor(names)
        .disableRetry()
        .build();
  }

  /** A literal address is taken as it is, so that it costs no thread and no look-up. */
  private static NettyChannelBuilder builder(
      String host, int port, ChannelCredentials credentials) {
    return NetUtil.isValidIpV4Address(host) || NetUtil.isValidIpV6Address(host)
        ? NettyChannelBuilder.forAddress(new InetSocketAddress(host, port), credentials)
        : NettyChannelBuilder.forTarget("dns:///" + host + ":" + port, credentials);
  }

  /** The one place where TLS will enter: by the member's own URL, and never by falling back. */
  private static ChannelCredentials credentials(MemberEndpoint endpoint) {
    if ("http".equals(endpoint.clientUrl().getScheme())) {
      return InsecureChannelCredentials.create();
    }
    throw new PortFailure(
        "reach " + endpoint.name(), endpoint.clientUrl() + " is not http, and TLS is not built");
  }

  /**
   * Ends every open channel and every thread; waits for them for at most {@value
   * #CLOSE_SECONDS_MAX} s. Calls that are under way fail.
   */
  @Override
  public void close() {
    closed = true;
    open.forEach(MemberChannel::close);
    io.shutdownGracefully(0, CLOSE_SECONDS_MAX, TimeUnit.SECONDS)
        .awaitUninterruptibly(CLOSE_SECONDS_MAX, TimeUnit.SECONDS);
    names.shutdownNow();
  }
}
