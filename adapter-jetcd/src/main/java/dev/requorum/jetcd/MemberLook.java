package dev.requorum.jetcd;

import com.google.protobuf.UnknownFieldSet;
import dev.requorum.ports.Fact;
import dev.requorum.ports.PortFailure;
import dev.requorum.ports.etcd.ClusterId;
import dev.requorum.ports.etcd.Member;
import dev.requorum.ports.etcd.MemberAnswer;
import dev.requorum.ports.etcd.MemberEndpoint;
import dev.requorum.ports.etcd.MemberStatus;
import io.etcd.jetcd.api.ClusterGrpc;
import io.etcd.jetcd.api.MaintenanceGrpc;
import io.etcd.jetcd.api.MemberListRequest;
import io.etcd.jetcd.api.StatusRequest;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** The questions to one member, on their way from the moment this is made. */
final class MemberLook implements AutoCloseable {

  /**
   * {@code bool linearizable = 1}: etcd has that field since 3.5, the message of jetcd 0.8.7 does
   * not, so that it is set by its number.
   */
  private static final MemberListRequest LINEARIZABLE =
      MemberListRequest.newBuilder()
          .setUnknownFields(
              UnknownFieldSet.newBuilder()
                  .addField(1, UnknownFieldSet.Field.newBuilder().addVarint(1).build())
                  .build())
          .build();

  private final MemberEndpoint endpoint;
  private final Limit perMember;
  private final Limit list;
  private final Optional<MemberChannel> channel;
  private final CompletableFuture<Fact<MemberStatus>> status;
  private final CompletableFuture<Fact<List<Member>>> membersAsKnown;
  private final CompletableFuture<Fact<List<Member>>> membersConfirmed;
  private final CompletableFuture<Optional<ClusterId>> peers;

  private MemberLook(
      MemberEndpoint endpoint,
      MemberChannel channel,
      CompletableFuture<Optional<ClusterId>> peers,
      Limit perMember,
      Limit list) {
    this.endpoint = endpoint;
    this.perMember = perMember;
    this.list = list;
    this.channel = Optional.of(channel);
    this.peers = peers;
    this.status =
        channel.ask(
            MaintenanceGrpc.getStatusMethod(),
            StatusRequest.getDefaultInstance(),
            perMember,
            EtcdWords::status);
    this.membersAsKnown =
        channel.ask(
            ClusterGrpc.getMemberListMethod(),
            MemberListRequest.getDefaultInstance(),
            perMember,
            EtcdWords::members);
    this.membersConfirmed = confirmedMembers(channel, list);
  }

  private MemberLook(MemberEndpoint endpoint, PortFailure unusable, Limit perMember, Limit list) {
    this.endpoint = endpoint;
    this.perMember = perMember;
    this.list = list;
    this.channel = Optional.empty();
    this.peers = CompletableFuture.completedFuture(Optional.empty());
    this.status = CompletableFuture.completedFuture(Fact.unknown(unusable.getMessage()));
    this.membersAsKnown = CompletableFuture.completedFuture(Fact.unknown(unusable.getMessage()));
    this.membersConfirmed = CompletableFuture.completedFuture(Fact.unknown(unusable.getMessage()));
  }

  static MemberLook at(
      MemberEndpoint endpoint, EtcdChannels channels, Limit perMember, Limit list) {
    try {
      return new MemberLook(
          endpoint,
          channels.open(endpoint),
          channels.askPeerPort(endpoint, perMember),
          perMember,
          list);
    } catch (PortFailure unusable) {
      return new MemberLook(endpoint, unusable, perMember, list);
    }
  }

  /** The member list through this member, which a quorum confirms or which is unknown. */
  static CompletableFuture<Fact<List<Member>>> confirmedMembers(
      MemberChannel channel, Limit limit) {
    return channel.askRequiringLeader(
        ClusterGrpc.getMemberListMethod(), LINEARIZABLE, limit, EtcdWords::members);
  }

  /** Done when the member's own two answers are in, or known not to come. */
  CompletableFuture<Void> answered() {
    return CompletableFuture.allOf(status, membersAsKnown);
  }

  CompletableFuture<Fact<List<Member>>> membersConfirmed() {
    return membersConfirmed;
  }

  /** Whether the member itself has answered by now, so that its list is worth waiting for. */
  boolean isAlive() {
    return answer().status().isKnown();
  }

  /** The confirmed list, if it has come by now. */
  Fact<List<Member>> membersConfirmedByNow() {
    Fact<MemberStatus> seen = answer().status();
    return membersConfirmed.getNow(Fact.unknown(seen.why().orElseGet(list::passed)));
  }

  /** What has come in so far. */
  MemberAnswer answer() {
    Fact<MemberStatus> said = status.getNow(Fact.unknown(perMember.passed()));
    return new MemberAnswer(
        endpoint,
        said,
        membersAsKnown.getNow(Fact.unknown(perMember.passed())),
        said.isKnown() || wasServed() ? Optional.empty() : peers.getNow(Optional.empty()));
  }

  /** Whether anybody spoke at the client port, so that the member is slow and no more. */
  private boolean wasServed() {
    return channel.filter(MemberChannel::isServed).isPresent();
  }

  @Override
  public void close() {
    channel.ifPresent(MemberChannel::close);
    peers.complete(Optional.empty());
  }
}
