package dev.requorum.jetcd;

import com.google.protobuf.ByteString;
import dev.requorum.ports.Fact;
import dev.requorum.ports.PortFailure;
import dev.requorum.ports.etcd.MemberData;
import dev.requorum.ports.etcd.MemberEndpoint;
import io.etcd.jetcd.api.KVGrpc;
import io.etcd.jetcd.api.MaintenanceGrpc;
import io.etcd.jetcd.api.RangeRequest;
import io.etcd.jetcd.api.RangeResponse;
import io.etcd.jetcd.api.SnapshotRequest;
import io.etcd.jetcd.api.SnapshotResponse;
import io.grpc.StatusRuntimeException;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.Iterator;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * {@link MemberData} over a connection to the one member alone.
 *
 * <p>A snapshot is written by the calling thread, part by part as it arrives, and never held in
 * memory. A stream that blocks in {@code write} holds the caller up beyond the limit.
 */
public final class JetcdMemberData implements MemberData {

  private final EtcdChannels channels;

  /**
   * @param channels which stay open
   */
  public JetcdMemberData(EtcdChannels channels) {
    this.channels = Objects.requireNonNull(channels, "channels");
  }

  @Override
  public long snapshot(MemberEndpoint member, OutputStream to, Duration limit) {
    String what = "take a snapshot";
    Limit bound = Limit.of(limit);
    try (MemberChannel channel = channels.open(member)) {
      try {
        return copy(channel, to, bound);
      } catch (StatusRuntimeException e) {
        throw new PortFailure(what, channel.why(e, bound));
      } catch (IOException e) {
        throw new PortFailure(what + " of " + member.name() + ": write it", e);
      }
    }
  }

  private static long copy(MemberChannel channel, OutputStream to, Limit limit) throws IOException {
    Iterator<SnapshotResponse> parts =
        channel.stream(
            MaintenanceGrpc.getSnapshotMethod(), SnapshotRequest.getDefaultInstance(), limit);
    long written = 0;
    while (parts.hasNext()) {
      ByteString blob = parts.next().getBlob();
      blob.writeTo(to);
      written += blob.size();
    }
    return written;
  }

  @Override
  public Fact<Optional<String>> read(MemberEndpoint member, String key, Duration limit) {
    Limit bound = Limit.of(limit);
    try (MemberChannel channel = channels.open(member)) {
      CompletableFuture<Fact<Optional<String>>> value =
          channel.ask(
              KVGrpc.getRangeMethod(),
              RangeRequest.newBuilder()
                  .setKey(ByteString.copyFromUtf8(key))
                  .setSerializable(true)
                  .build(),
              bound,
              JetcdMemberData::value);
      bound.await(value);
      return value.getNow(Fact.unknown(bound.passed()));
    } catch (PortFailure unusable) {
      return Fact.unknown(unusable.getMessage());
    }
  }

  private static Optional<String> value(RangeResponse response) {
    return response.getKvsList().stream().map(kv -> kv.getValue().toStringUtf8()).findFirst();
  }
}
