package dev.requorum.jetcd;

import dev.requorum.ports.Fact;
import dev.requorum.ports.etcd.MemberEndpoint;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientInterceptors;
import io.grpc.ConnectivityState;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.MetadataUtils;
import io.grpc.stub.StreamObserver;
import java.util.Iterator;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Function;

/** The calls to one member over one connection. */
final class MemberChannel implements AutoCloseable {

  private static final Metadata HAS_LEADER = new Metadata();

  static {
    HAS_LEADER.put(Metadata.Key.of("hasleader", Metadata.ASCII_STRING_MARSHALLER), "true");
  }

  private final MemberEndpoint endpoint;
  private final ManagedChannel channel;
  private final Channel requiringLeader;
  private final Consumer<MemberChannel> onClose;

  MemberChannel(MemberEndpoint endpoint, ManagedChannel channel, Consumer<MemberChannel> onClose) {
    this.endpoint = endpoint;
    this.channel = channel;
    this.requiringLeader =
        ClientInterceptors.intercept(
            channel, MetadataUtils.newAttachHeadersInterceptor(HAS_LEADER));
    this.onClose = onClose;
  }

  /** What the member says, or why it is unknown; the future itself never fails. */
  <Q, R, T> CompletableFuture<Fact<T>> ask(
      MethodDescriptor<Q, R> method, Q request, Limit limit, Function<R, T> reading) {
    return fact(call(channel, method, request, limit), limit, reading);
  }

  /** Like {@link #ask}, but fails at once where the member knows no leader. */
  <Q, R, T> CompletableFuture<Fact<T>> askRequiringLeader(
      MethodDescriptor<Q, R> method, Q request, Limit limit, Function<R, T> reading) {
    return fact(call(requiringLeader, method, request, limit), limit, reading);
  }

  /**
   * Asks for a change. The future fails with a {@link io.grpc.StatusRuntimeException} where the
   * member refuses, knows no leader, or does not answer in time.
   */
  <Q, R> CompletableFuture<R> order(MethodDescriptor<Q, R> method, Q request, Limit limit) {
    return call(requiringLeader, method, request, limit);
  }

  /**
   * The parts of a streamed answer, each fetched when it is asked for.
   *
   * @throws io.grpc.StatusRuntimeException from the iterator, where the stream breaks or the limit
   *     passes
   */
  <Q, R> Iterator<R> stream(MethodDescriptor<Q, R> method, Q request, Limit limit) {
    return ClientCalls.blockingServerStreamingCall(channel, method, options(limit), request);
  }

  /** Whether the member has greeted us by now; one that waits for a leader accepts, and is mute. */
  boolean isServed() {
    return channel.getState(false) == ConnectivityState.READY;
  }

  /** Why a call to this member failed, with its name and address. */
  String why(Throwable error, Limit limit) {
    return endpoint.name()
        + " at "
        + endpoint.clientUrl()
        + ": "
        + EtcdErrors.describe(error, limit);
  }

  private static <Q, R> CompletableFuture<R> call(
      Channel channel, MethodDescriptor<Q, R> method, Q request, Limit limit) {
    CompletableFuture<R> reply = new CompletableFuture<>();
    ClientCalls.asyncUnaryCall(
        channel.newCall(method, options(limit)), request, new Completing<>(reply));
    return reply;
  }

  private <R, T> CompletableFuture<Fact<T>> fact(
      CompletableFuture<R> reply, Limit limit, Function<R, T> reading) {
    return reply
        .thenApply(reading)
        .handle(
            (value, error) -> error == null ? Fact.known(value) : Fact.unknown(why(error, limit)));
  }

  private static CallOptions options(Limit limit) {
    return CallOptions.DEFAULT.withDeadline(limit.deadline());
  }

  /** Ends the connection; calls that are under way fail. */
  @Override
  public void close() {
    channel.shutdownNow();
    onClose.accept(this);
  }

  private record Completing<R>(CompletableFuture<R> reply) implements StreamObserver<R> {
    @Override
    public void onNext(R value) {
      reply.complete(value);
    }

    @Override
    public void onError(Throwable error) {
      reply.completeExceptionally(error);
    }

    @Override
    public void onCompleted() {
      reply.completeExceptionally(new IllegalStateException("the call ended without an answer"));
    }
  }
}
