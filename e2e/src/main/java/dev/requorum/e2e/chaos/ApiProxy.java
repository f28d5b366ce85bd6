package dev.requorum.e2e.chaos;

import dev.requorum.e2e.world.World;
import io.fabric8.kubernetes.client.Config;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.NetSocket;
import io.vertx.core.net.PemTrustOptions;
import io.vertx.core.streams.ReadStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * A reverse proxy between one operator and the API server, which gives {@link ApiTrouble}: HTTP on
 * this world's own network towards the operator, HTTPS towards the API server. Tokens are passed
 * on, so that the operator has its own rights and no others.
 */
final class ApiProxy implements AutoCloseable {

  /** Vert.x warns of threads that a busy machine does not run: an hour is never. */
  private static final long CHECK_MILLIS = 3_600_000;

  private static final int CONNECTIONS = 64;
  private static final long LIMIT_SECONDS = 20;
  private static final List<String> HOP_BY_HOP =
      List.of("Connection", "Upgrade", "HTTP2-Settings", "Transfer-Encoding", "Host");

  private final Vertx vertx =
      Vertx.vertx(new VertxOptions().setBlockedThreadCheckInterval(CHECK_MILLIS));
  private final ApiTrouble trouble;
  private final HttpClient client;
  private final Context context = vertx.getOrCreateContext();
  private final String address;
  private final Set<ReadStream<Buffer>> watches = new HashSet<>();
  private boolean stalled;

  /** Serves when this returns, with no trouble yet. */
  ApiProxy(World world, ApiTrouble trouble) {
    this.trouble = trouble;
    Config config = world.client().getConfiguration();
    URI upstream = URI.create(config.getMasterUrl());
    Buffer authority = Buffer.buffer(Base64.getDecoder().decode(config.getCaCertData()));
    this.client =
        vertx.createHttpClient(
            new HttpClientOptions()
                .setSsl(true)
                .setTrustOptions(new PemTrustOptions().addCertValue(authority))
                .setDefaultHost(upstream.getHost())
                .setDefaultPort(upstream.getPort()),
            new PoolOptions().setHttp1MaxSize(CONNECTIONS));
    HttpServerOptions options =
        new HttpServerOptions().setHost(world.address()).setPort(0).setHttp2ClearTextEnabled(false);
    CompletableFuture<HttpServer> listening = new CompletableFuture<>();
    HttpServer server = vertx.createHttpServer(options).requestHandler(this::serve);
    context.runOnContext(
        now -> server.listen().onComplete(listening::complete, listening::completeExceptionally));
    int port = listening.orTimeout(LIMIT_SECONDS, TimeUnit.SECONDS).join().actualPort();
    this.address = "http://%s:%d".formatted(world.address(), port);
  }

  /** Where the operator is to look for the API server. */
  String address() {
    return address;
  }

  /** From now on nothing more is heard on any watch, old or new; they stay open. */
  void stallWatches() {
    run(
        () -> {
          stalled = true;
          watches.forEach(ReadStream::pause);
        });
  }

  /** What the watches had to say meanwhile is heard, and all that follows. */
  void resumeWatches() {
    run(
        () -> {
          stalled = false;
          watches.forEach(ReadStream::resume);
        });
  }

  private void serve(HttpServerRequest request) {
    boolean watch = ApiTrouble.isWatch(request.uri());
    ApiTrouble.Fate fate = trouble.fateOf(request.method().name(), watch);
    switch (fate.kind()) {
      case PASSES -> forward(request, watch, 0);
      case REFUSED -> answer(request.response(), fate.code());
      case DONE_AND_DENIED -> forward(request, watch, fate.code());
    }
  }

  /**
   * @param instead the status that the answer is replaced by, or 0
   */
  private void forward(HttpServerRequest request, boolean watch, int instead) {
    request.pause();
    boolean upgrade = "websocket".equalsIgnoreCase(request.getHeader(HttpHeaders.UPGRADE));
    RequestOptions options = new RequestOptions().setMethod(request.method()).setURI(request.uri());
    request.headers().forEach(options::addHeader);
    (upgrade ? List.of("Host") : HOP_BY_HOP).forEach(name -> options.getHeaders().remove(name));
    client
        .request(options)
        .compose(
            out -> {
              // Whoever closes a watch early has its call given up, which is no news.
              out.exceptionHandler(gone -> {});
              return upgrade ? tunnel(request, out) : relay(request, out, watch, instead);
            })
        .onFailure(
            failure -> {
              if (!request.response().ended()) {
                answer(request.response(), HttpURLConnection.HTTP_BAD_GATEWAY);
              }
            });
  }

  private Future<HttpClientResponse> relay(
      HttpServerRequest request, HttpClientRequest out, boolean watch, int instead) {
    if (!request.headers().contains(HttpHeaders.CONTENT_LENGTH)) {
      out.setChunked(request.headers().contains(HttpHeaders.TRANSFER_ENCODING));
    }
    return out.send(request)
        .onSuccess(
            in -> {
              if (instead == 0) {
                passOn(in, request.response(), watch);
              } else {
                in.resume();
                answer(request.response(), instead);
              }
            });
  }

  private void passOn(HttpClientResponse in, HttpServerResponse response, boolean watch) {
    response.setStatusCode(in.statusCode()).headers().addAll(in.headers());
    HOP_BY_HOP.forEach(name -> response.headers().remove(name));
    response.setChunked(!in.headers().contains(HttpHeaders.CONTENT_LENGTH));
    response.closeHandler(gone -> in.request().reset());
    in.handler(
        chunk -> {
          if (!response.closed()) {
            response.write(chunk);
          }
        });
    in.endHandler(
        end -> {
          if (!response.closed()) {
            response.end();
          }
        });
    if (watch) {
      follow(in);
    }
  }

  private Future<HttpClientResponse> tunnel(HttpServerRequest request, HttpClientRequest out) {
    return out.connect()
        .onSuccess(
            in -> {
              if (in.netSocket() == null) {
                passOn(in, request.response(), false);
                return;
              }
              NetSocket above = in.netSocket();
              above.pause();
              request.response().headers().addAll(in.headers());
              request
                  .toNetSocket()
                  .onSuccess(
                      below -> {
                        below.pipeTo(above);
                        above.pipeTo(below);
                        follow(above);
                      })
                  .onFailure(gone -> above.close());
            });
  }

  private void follow(ReadStream<Buffer> watch) {
    watches.add(watch);
    if (stalled) {
      watch.pause();
    }
  }

  private static void answer(HttpServerResponse response, int code) {
    response
        .setStatusCode(code)
        .putHeader(HttpHeaders.CONTENT_TYPE, "application/json")
        .end(ApiTrouble.status(code));
  }

  private void run(Runnable change) {
    CompletableFuture<Void> done = new CompletableFuture<>();
    context.runOnContext(
        now -> {
          change.run();
          done.complete(null);
        });
    done.orTimeout(LIMIT_SECONDS, TimeUnit.SECONDS).join();
  }

  @Override
  public void close() {
    vertx
        .close()
        .toCompletionStage()
        .toCompletableFuture()
        .orTimeout(LIMIT_SECONDS, TimeUnit.SECONDS)
        .join();
  }
}
