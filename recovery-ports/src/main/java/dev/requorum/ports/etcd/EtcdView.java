package dev.requorum.ports.etcd;

import dev.requorum.ports.Fact;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;

/**
 * etcd's view of a cluster at one look.
 *
 * @param answers by member name, one for each endpoint that was asked
 * @param linearizableMembers the member list that a quorum confirmed, sorted by member id; unknown
 *     where none could
 */
public record EtcdView(Map<String, MemberAnswer> answers, Fact<List<Member>> linearizableMembers) {

  public EtcdView {
    answers = Collections.unmodifiableMap(new TreeMap<>(answers));
    Objects.requireNonNull(linearizableMembers, "linearizableMembers");
  }

  /** The view of a cluster of which no endpoint is known. */
  public static EtcdView nothingAsked() {
    return new EtcdView(Map.of(), Fact.unknown("no member has an address to ask"));
  }

  /** The cluster that the member of this name named at its peer port, where it did no more. */
  public Optional<ClusterId> peersOnly(String name) {
    return Optional.ofNullable(answers.get(name)).flatMap(MemberAnswer::peersOnly);
  }

  /** The status that the member of this name gave; empty where it gave none. */
  public Optional<MemberStatus> status(String name) {
    return Optional.ofNullable(answers.get(name)).flatMap(answer -> answer.status().value());
  }
}
