package dev.requorum.core.model;

import dev.requorum.ports.etcd.ClusterId;
import dev.requorum.ports.etcd.MemberId;
import dev.requorum.ports.etcd.MemberStatus;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Changes to what a member answers, for {@link Look#answer}. */
public final class Answers {

  private Answers() {}

  public static UnaryOperator<MemberStatus> freshness(long term, long index, long revision) {
    return s ->
        new MemberStatus(
            s.id(),
            s.clusterId(),
            s.leader(),
            term,
            index,
            index,
            revision,
            s.learner(),
            s.version(),
            s.dbSize(),
            s.errors());
  }

  public static UnaryOperator<MemberStatus> running(String version) {
    return s ->
        new MemberStatus(
            s.id(),
            s.clusterId(),
            s.leader(),
            s.raftTerm(),
            s.raftIndex(),
            s.raftAppliedIndex(),
            s.revision(),
            s.learner(),
            version,
            s.dbSize(),
            s.errors());
  }

  public static UnaryOperator<MemberStatus> leader(Optional<MemberId> leader) {
    return s -> copy(s, s.id(), s.clusterId(), leader, s.errors());
  }

  public static UnaryOperator<MemberStatus> ofCluster(ClusterId cluster) {
    return s -> copy(s, s.id(), cluster, s.leader(), s.errors());
  }

  public static UnaryOperator<MemberStatus> as(MemberId id) {
    return s -> copy(s, id, s.clusterId(), s.leader(), s.errors());
  }

  public static UnaryOperator<MemberStatus> complaining(String error) {
    return s -> copy(s, s.id(), s.clusterId(), s.leader(), List.of(error));
  }

  private static MemberStatus copy(
      MemberStatus s,
      MemberId id,
      ClusterId cluster,
      Optional<MemberId> leader,
      List<String> errors) {
    return new MemberStatus(
        id,
        cluster,
        leader,
        s.raftTerm(),
        s.raftIndex(),
        s.raftAppliedIndex(),
        s.revision(),
        s.learner(),
        s.version(),
        s.dbSize(),
        errors);
  }
}
