package dev.requorum.jetcd;

import dev.requorum.ports.etcd.ClusterId;
import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.util.NetUtil;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What etcd tells other members over HTTP at its peer port, from the moment it runs: {@code
 * /members}, which names its cluster in a header. Only literal addresses are asked, and without
 * TLS.
 */
final class PeerPort {

  private static final String REQUEST = "GET /members HTTP/1.0\r\n\r\n";
  private static final Pattern ANSWER =
      Pattern.compile(
          "HTTP/1\\.[01] 200 .*?\r\nX-Etcd-Cluster-ID: ([0-9a-f]{1,16})\r\n.*?",
          Pattern.CASE_INSENSITIVE | Pattern.DOTALL);
  private static final String END_OF_HEAD = "\r\n\r\n";
  private static final int HEAD_CHARACTERS_MAX = 4096;

  private final EventLoopGroup io;

  PeerPort(EventLoopGroup io) {
    this.io = io;
  }

  /**
   * The cluster that is named there; empty where none is within this time. Never fails; whoever
   * completes it before ends the question.
   */
  CompletableFuture<Optional<ClusterId>> cluster(URI peerUrl, Duration limit) {
    CompletableFuture<Optional<ClusterId>> named = new CompletableFuture<>();
    String host = String.valueOf(peerUrl.getHost()).replaceAll("[\\[\\]]", "");
    boolean literal = NetUtil.isValidIpV4Address(host) || NetUtil.isValidIpV6Address(host);
    if (!literal || !"http".equals(peerUrl.getScheme()) || peerUrl.getPort() < 1) {
      named.complete(Optional.empty());
      return named;
    }
    Future<?> timer =
        io.schedule(
            () -> named.complete(Optional.empty()), limit.toMillis(), TimeUnit.MILLISECONDS);
    ChannelFuture connected =
        new Bootstrap()
            .group(io)
            .channel(NioSocketChannel.class)
            .handler(new Question(named))
            .connect(new InetSocketAddress(host, peerUrl.getPort()));
    connected.addListener(
        done -> {
          if (!done.isSuccess()) {
            named.complete(Optional.empty());
          }
        });
    named.whenComplete(
        (cluster, never) -> {
          timer.cancel(false);
          connected.channel().close();
        });
    return named;
  }

  /** One request and its answer's head, on one connection. */
  private static final class Question extends SimpleChannelInboundHandler<ByteBuf> {

    private final CompletableFuture<Optional<ClusterId>> named;
    private final StringBuilder head = new StringBuilder();

    Question(CompletableFuture<Optional<ClusterId>> named) {
      this.named = named;
    }

    @Override
    public void channelActive(ChannelHandlerContext context) {
      context.writeAndFlush(Unpooled.copiedBuffer(REQUEST, StandardCharsets.US_ASCII));
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, ByteBuf part) {
      head.append(part.toString(StandardCharsets.US_ASCII));
      int end = head.indexOf(END_OF_HEAD);
      if (end >= 0) {
        named.complete(clusterIn(head.substring(0, end + END_OF_HEAD.length())));
      } else if (head.length() > HEAD_CHARACTERS_MAX) {
        named.complete(Optional.empty());
      }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
      named.complete(Optional.empty());
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable failure) {
      named.complete(Optional.empty());
    }

    private static Optional<ClusterId> clusterIn(String head) {
      Matcher answer = ANSWER.matcher(head);
      return answer.matches() ? Optional.of(ClusterId.parse(answer.group(1))) : Optional.empty();
    }
  }
}
