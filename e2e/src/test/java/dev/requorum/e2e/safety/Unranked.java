package dev.requorum.e2e.safety;

import dev.requorum.core.engine.Ports;
import dev.requorum.ports.etcd.EtcdView;
import dev.requorum.ports.etcd.MemberAnswer;
import dev.requorum.ports.etcd.MemberEndpoint;
import dev.requorum.ports.etcd.MemberProbe;
import dev.requorum.ports.etcd.MemberStatus;
import dev.requorum.ports.etcd.ProbeLimits;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToLongFunction;

/**
 * Nobody can tell who is fresher: all members that answer are reported as fresh as the one that is
 * furthest behind, so that the lowest ordinal is taken.
 */
final class Unranked implements MemberProbe {

  private final MemberProbe probe;

  private Unranked(MemberProbe probe) {
    this.probe = probe;
  }

  static Ports around(Ports real) {
    return Deceived.by(real, real.workload(), new Unranked(real.probe()));
  }

  @Override
  public EtcdView probe(List<MemberEndpoint> endpoints, ProbeLimits limits) {
    EtcdView view = probe.probe(endpoints, limits);
    List<MemberStatus> statuses =
        view.answers().values().stream().flatMap(a -> a.status().value().stream()).toList();
    long term = least(statuses, MemberStatus::raftTerm);
    long index = least(statuses, MemberStatus::raftIndex);
    long revision = least(statuses, MemberStatus::revision);
    Map<String, MemberAnswer> levelled = new TreeMap<>();
    view.answers()
        .forEach(
            (name, answer) ->
                levelled.put(
                    name,
                    new MemberAnswer(
                        answer.endpoint(),
                        answer.status().map(status -> at(status, term, index, revision)),
                        answer.membersAsKnown())));
    return new EtcdView(levelled, view.linearizableMembers());
  }

  private static long least(List<MemberStatus> statuses, ToLongFunction<MemberStatus> figure) {
    return statuses.stream().mapToLong(figure).min().orElse(0);
  }

  private static MemberStatus at(MemberStatus status, long term, long index, long revision) {
    return new MemberStatus(
        status.id(),
        status.clusterId(),
        status.leader(),
        term,
        index,
        status.raftAppliedIndex(),
        revision,
        status.learner(),
        status.version(),
        status.dbSize(),
        status.errors());
  }
}
