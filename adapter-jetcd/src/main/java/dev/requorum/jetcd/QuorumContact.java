package dev.requorum.jetcd;

import dev.requorum.ports.Fact;
import dev.requorum.ports.PortFailure;
import dev.requorum.ports.etcd.Member;
import dev.requorum.ports.etcd.MemberEndpoint;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The first of the members that could list the membership with a quorum behind it: whoever can do
 * that can change the membership too.
 */
record QuorumContact(MemberChannel channel, List<Member> members) implements AutoCloseable {

  /**
   * Asks all of them at once, so that a dead one costs nothing.
   *
   * @throws PortFailure where none could within the limit; nothing was changed then
   */
  static QuorumContact find(
      EtcdChannels channels, List<MemberEndpoint> endpoints, Limit limit, String what) {
    List<MemberChannel> opened = new ArrayList<>();
    Optional<QuorumContact> found = Optional.empty();
    try {
      List<String> unusable = open(channels, endpoints, opened);
      List<CompletableFuture<Fact<List<Member>>>> lists =
          opened.stream().map(channel -> MemberLook.confirmedMembers(channel, limit)).toList();
      found = first(opened, lists, limit);
      return found.orElseThrow(() -> new PortFailure(what, why(unusable, lists, limit)));
    } finally {
      Optional<MemberChannel> kept = found.map(QuorumContact::channel);
      opened.stream()
          .filter(channel -> kept.filter(channel::equals).isEmpty())
          .forEach(MemberChannel::close);
    }
  }

  /** Opens what can be opened, and returns why the others cannot. */
  private static List<String> open(
      EtcdChannels channels, List<MemberEndpoint> endpoints, List<MemberChannel> opened) {
    List<String> unusable = new ArrayList<>();
    for (MemberEndpoint endpoint : endpoints) {
      try {
        opened.add(channels.open(endpoint));
      } catch (PortFailure e) {
        unusable.add(e.getMessage());
      }
    }
    return unusable;
  }

  private static Optional<QuorumContact> first(
      List<MemberChannel> channels,
      List<CompletableFuture<Fact<List<Member>>>> lists,
      Limit limit) {
    CompletableFuture<Optional<QuorumContact>> first = new CompletableFuture<>();
    for (int i = 0; i < lists.size(); i++) {
      MemberChannel channel = channels.get(i);
      lists
          .get(i)
          .thenAccept(
              list ->
                  list.value()
                      .map(members -> new QuorumContact(channel, members))
                      .ifPresent(contact -> first.complete(Optional.of(contact))));
    }
    CompletableFuture.allOf(lists.toArray(CompletableFuture[]::new))
        .thenRun(() -> first.complete(Optional.empty()));
    limit.await(first);
    return first.getNow(Optional.empty());
  }

  private static String why(
      List<String> unusable, List<CompletableFuture<Fact<List<Member>>>> lists, Limit limit) {
    Stream<String> asked =
        lists.stream()
            .map(list -> list.getNow(Fact.unknown(limit.passed())))
            .flatMap(list -> list.why().stream());
    String all = Stream.concat(unusable.stream(), asked).collect(Collectors.joining("; "));
    return all.isEmpty() ? "no member has an address to ask" : all;
  }

  @Override
  public void close() {
    channel.close();
  }
}
