package dev.requorum.jetcd;

import dev.requorum.ports.Outcome;
import dev.requorum.ports.PortFailure;
import dev.requorum.ports.etcd.Member;
import dev.requorum.ports.etcd.MemberEndpoint;
import dev.requorum.ports.etcd.MemberId;
import dev.requorum.ports.etcd.Membership;
import io.etcd.jetcd.api.ClusterGrpc;
import io.etcd.jetcd.api.MemberAddRequest;
import io.etcd.jetcd.api.MemberPromoteRequest;
import io.etcd.jetcd.api.MemberRemoveRequest;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/**
 * {@link Membership} through the first member that confirms the membership with a quorum. The list
 * that it confirms decides whether anything is left to be done; no act is ever sent twice.
 *
 * <p>Without a quorum each act is a {@link PortFailure}, before anything was sent.
 */
public final class JetcdMembership implements Membership {

  private static final Duration DEFAULT_BOUND = Duration.ofSeconds(10);

  private final EtcdChannels channels;
  private final Duration bound;

  /** With a bound of 10 s. */
  public JetcdMembership(EtcdChannels channels) {
    this(channels, DEFAULT_BOUND);
  }

  /**
   * @param channels which stay open
   * @param bound over the whole of one call: finding a quorum and changing the membership
   */
  public JetcdMembership(EtcdChannels channels, Duration bound) {
    this.channels = Objects.requireNonNull(channels, "channels");
    this.bound = Objects.requireNonNull(bound, "bound");
  }

  @Override
  public Outcome addLearner(List<MemberEndpoint> endpoints, URI peerUrl) {
    String what = "add a learner at " + peerUrl;
    Limit limit = Limit.of(bound);
    try (QuorumContact contact = QuorumContact.find(channels, endpoints, limit, what)) {
      if (contact.members().stream().anyMatch(member -> member.peerUrls().contains(peerUrl))) {
        return Outcome.done();
      }
      MemberAddRequest request =
          MemberAddRequest.newBuilder().addPeerURLs(peerUrl.toString()).setIsLearner(true).build();
      return order(contact, ClusterGrpc.getMemberAddMethod(), request, limit, what);
    }
  }

  @Override
  public Outcome promote(List<MemberEndpoint> endpoints, MemberId learner) {
    String what = "promote learner " + learner;
    Limit limit = Limit.of(bound);
    try (QuorumContact contact = QuorumContact.find(channels, endpoints, limit, what)) {
      Optional<Member> listed = listed(contact, learner);
      if (listed.isEmpty()) {
        return Outcome.refused(what + ": no such member is listed");
      }
      if (!listed.get().learner()) {
        return Outcome.done();
      }
      MemberPromoteRequest request =
          MemberPromoteRequest.newBuilder().setID(learner.bits()).build();
      return order(contact, ClusterGrpc.getMemberPromoteMethod(), request, limit, what);
    }
  }

  @Override
  public Outcome remove(List<MemberEndpoint> endpoints, MemberId member) {
    String what = "remove member " + member;
    Limit limit = Limit.of(bound);
    try (QuorumContact contact = QuorumContact.find(channels, endpoints, limit, what)) {
      if (listed(contact, member).isEmpty()) {
        return Outcome.done();
      }
      MemberRemoveRequest request = MemberRemoveRequest.newBuilder().setID(member.bits()).build();
      return order(contact, ClusterGrpc.getMemberRemoveMethod(), request, limit, what);
    }
  }

  private static Optional<Member> listed(QuorumContact contact, MemberId id) {
    return contact.members().stream().filter(member -> member.id().equals(id)).findFirst();
  }

  private static <Q, R> Outcome order(
      QuorumContact contact, MethodDescriptor<Q, R> method, Q request, Limit limit, String what) {
    CompletableFuture<R> reply = contact.channel().order(method, request, limit);
    limit.await(reply);
    if (!reply.isDone()) {
      throw new PortFailure(what, limit.passed());
    }
    try {
      reply.join();
      return Outcome.done();
    } catch (CompletionException e) {
      String why = contact.channel().why(e, limit);
      if (EtcdErrors.isRefusal(Status.fromThrowable(e))) {
        return Outcome.refused(what + ": " + why);
      }
      throw new PortFailure(what, why);
    }
  }
}
