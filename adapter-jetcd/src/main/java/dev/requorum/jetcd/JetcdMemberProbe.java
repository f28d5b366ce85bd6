package dev.requorum.jetcd;

import dev.requorum.ports.Fact;
import dev.requorum.ports.etcd.EtcdView;
import dev.requorum.ports.etcd.Member;
import dev.requorum.ports.etcd.MemberEndpoint;
import dev.requorum.ports.etcd.MemberProbe;
import dev.requorum.ports.etcd.ProbeLimits;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * {@link MemberProbe} over one fresh connection for each member.
 *
 * <p>The linearizable list is asked of every member and awaited of every member that answers, for
 * as long as a member may take; after that the first that a quorum confirms will do, up to the
 * list's own limit. Of a member that did not answer it is not awaited, so that the dead cost no
 * more than their own limit. Where several lists came and they differ (the membership is just
 * changing, or there are two clusters under these names) the list is unknown.
 *
 * <p>A learner refuses to list members, so that its {@code membersAsKnown} is always unknown.
 */
public final class JetcdMemberProbe implements MemberProbe {

  private final EtcdChannels channels;

  /**
   * @param channels which stay open
   */
  public JetcdMemberProbe(EtcdChannels channels) {
    this.channels = Objects.requireNonNull(channels, "channels");
  }

  @Override
  public EtcdView probe(List<MemberEndpoint> endpoints, ProbeLimits limits) {
    if (endpoints.isEmpty()) {
      return EtcdView.nothingAsked();
    }
    Limit perMember = Limit.of(limits.perMember());
    Limit list = Limit.of(limits.memberList());
    List<MemberLook> looks =
        endpoints.stream()
            .map(endpoint -> MemberLook.at(endpoint, channels, perMember, list))
            .toList();
    try {
      perMember.await(all(looks, MemberLook::answered));
      List<MemberLook> alive = looks.stream().filter(MemberLook::isAlive).toList();
      perMember.await(all(alive, MemberLook::membersConfirmed));
      list.await(firstConfirmed(alive));
      return new EtcdView(
          looks.stream()
              .map(MemberLook::answer)
              .collect(Collectors.toMap(a -> a.endpoint().name(), Function.identity())),
          confirmed(looks));
    } finally {
      looks.forEach(MemberLook::close);
    }
  }

  /** Done at the first list that a quorum confirmed, or when no more can come. */
  private static CompletableFuture<Void> firstConfirmed(List<MemberLook> looks) {
    CompletableFuture<Void> first = new CompletableFuture<>();
    for (MemberLook look : looks) {
      look.membersConfirmed()
          .thenAccept(
              members -> {
                if (members.isKnown()) {
                  first.complete(null);
                }
              });
    }
    all(looks, MemberLook::membersConfirmed).thenRun(() -> first.complete(null));
    return first;
  }

  private static Fact<List<Member>> confirmed(List<MemberLook> looks) {
    List<Fact<List<Member>>> answers =
        looks.stream().map(MemberLook::membersConfirmedByNow).toList();
    List<List<Member>> distinct =
        answers.stream().map(Fact::value).flatMap(Optional::stream).distinct().toList();
    if (distinct.size() == 1) {
      return Fact.known(distinct.get(0));
    }
    if (distinct.isEmpty()) {
      return Fact.unknown(
          answers.stream()
              .map(Fact::why)
              .flatMap(Optional::stream)
              .collect(Collectors.joining("; ")));
    }
    return Fact.unknown("the members confirm different member lists: " + distinct);
  }

  private static CompletableFuture<Void> all(
      List<MemberLook> looks, Function<MemberLook, CompletableFuture<?>> part) {
    return CompletableFuture.allOf(looks.stream().map(part).toArray(CompletableFuture[]::new));
  }
}
