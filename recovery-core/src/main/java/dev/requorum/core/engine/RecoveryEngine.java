package dev.requorum.core.engine;

import dev.requorum.core.Action;
import dev.requorum.core.Decision;
import dev.requorum.core.Observation;
import dev.requorum.core.quorum.Assessment;
import dev.requorum.core.recovery.RecoveryPolicy;
import dev.requorum.core.recovery.SteadyReconcile;
import dev.requorum.core.recovery.SurvivorHealth;
import dev.requorum.ports.Announcement;
import dev.requorum.ports.ClusterGoal;
import dev.requorum.ports.ClusterRef;
import dev.requorum.ports.Fact;
import dev.requorum.ports.Outcome;
import dev.requorum.ports.PortFailure;
import dev.requorum.ports.etcd.EtcdView;
import dev.requorum.ports.etcd.MemberEndpoint;
import dev.requorum.ports.kubernetes.RestoreView;
import dev.requorum.ports.kubernetes.WorkloadView;
import dev.requorum.ports.record.Incident;
import dev.requorum.ports.record.Phase;
import dev.requorum.ports.record.PreservedCopy;
import dev.requorum.ports.record.RecoveryRecord;
import dev.requorum.ports.record.RecoveryRecords.Versioned;
import java.net.URI;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Turns the wheel: observe, decide, record, act, announce.
 *
 * <p>Guaranteed: a decision's record is stored before its action is carried out, so that whoever
 * comes after this process, at whatever instant it dies, goes on from there; an action is carried
 * out at most once in a turn; a failed action changes nothing in the record. Not guaranteed: that
 * two processes do not turn for one cluster at once. They may; the record's optimistic locking and
 * the ports' own preconditions keep that harmless, and leader election keeps it rare.
 *
 * <p>Keeps nothing between turns and starts no thread; one instance serves any number of clusters.
 */
public final class RecoveryEngine {

  private static final int CLIENT_PORT = 2379;
  private static final int PEER_PORT = 2380;

  private final Ports ports;
  private final TurnListener listener;
  private final SteadyReconcile reconcile;

  public RecoveryEngine(Ports ports, TurnListener listener) {
    this(ports, listener, SurvivorHealth.leadsItself());
  }

  public RecoveryEngine(Ports ports, TurnListener listener, SurvivorHealth health) {
    this.ports = Objects.requireNonNull(ports, "ports");
    this.listener = Objects.requireNonNull(listener, "listener");
    this.reconcile = new SteadyReconcile(health);
  }

  /**
   * One turn for one cluster.
   *
   * @return empty where another process stored a record meanwhile: nothing was done, observe again
   * @throws PortFailure where the record cannot be read or stored: nothing was done
   */
  public Optional<Turn> turn(ClusterGoal goal, RecoveryPolicy policy) {
    Versioned stored = ports.records().load(goal.cluster());
    RecoveryRecord before = stored.record();
    Observation seen = observe(goal, before, policy);
    Assessment assessment = reconcile.assess(seen, before);
    Decision decision = reconcile.decide(seen, assessment, before, policy);
    listener.decided(seen, before, decision);
    if (!decision.next().equals(before)
        && ports.records().store(goal.cluster(), decision.next(), stored.version()).isEmpty()) {
      return Optional.empty();
    }
    listener.recorded(seen, before, decision);
    Optional<Turn.Trouble> trouble = act(seen, decision.action());
    listener.acted(seen, before, decision);
    Optional<Turn.Trouble> unannounced = announce(goal.cluster(), decision.announcements());
    Optional<Turn.Trouble> any = trouble.or(() -> unannounced);
    return Optional.of(
        new Turn(
            seen,
            assessment,
            decision,
            any,
            any.isPresent() ? policy.incidentInterval() : decision.recheckAfter()));
  }

  private Observation observe(ClusterGoal goal, RecoveryRecord record, RecoveryPolicy policy) {
    WorkloadView workload = ports.workload().observe(goal.cluster());
    EtcdView etcd = ports.probe().probe(endpoints(goal, workload), policy.probeLimits());
    Fact<Optional<PreservedCopy>> copy =
        rebuilding(record)
            .map(Incident::id)
            .map(id -> ports.preservation().find(goal.cluster(), id))
            .orElseGet(() -> Fact.unknown("not looked for"));
    Fact<Optional<RestoreView>> restore =
        rebuilding(record)
            .map(incident -> ports.restoration().find(goal.cluster()))
            .orElseGet(() -> Fact.unknown("not looked for"));
    return new Observation(ports.clock().instant(), goal, workload, etcd, copy, restore);
  }

  private static Optional<Incident> rebuilding(RecoveryRecord record) {
    return record.ongoing().filter(incident -> incident.phase() == Phase.REBUILDING);
  }

  private static List<MemberEndpoint> endpoints(ClusterGoal goal, WorkloadView workload) {
    return workload.pods().value().stream()
        .flatMap(List::stream)
        .filter(pod -> pod.ip().isPresent())
        .map(pod -> endpoint(goal, pod.name(), pod.ip().orElseThrow()))
        .toList();
  }

  private static MemberEndpoint endpoint(ClusterGoal goal, String name, String ip) {
    return new MemberEndpoint(
        name, url(goal, ip, CLIENT_PORT), Optional.of(url(goal, ip, PEER_PORT)));
  }

  private static URI url(ClusterGoal goal, String ip, int port) {
    String host = ip.contains(":") ? "[" + ip + "]" : ip;
    return URI.create("%s://%s:%d".formatted(goal.scheme().word(), host, port));
  }

  private Optional<Turn.Trouble> act(Observation seen, Action action) {
    try {
      return perform(seen, action) instanceof Outcome.Refused refused
          ? Optional.of(new Turn.Trouble(true, refused.why()))
          : Optional.empty();
    } catch (PortFailure failure) {
      return Optional.of(new Turn.Trouble(false, failure.getMessage()));
    }
  }

  private Outcome perform(Observation seen, Action action) {
    ClusterRef cluster = seen.goal().cluster();
    if (action instanceof Action.Resize resize) {
      return ports.workload().resize(cluster, resize.seen(), resize.window());
    } else if (action instanceof Action.WriteInitialCluster write) {
      return ports.workload().writeInitialCluster(cluster, write.seen(), write.content());
    } else if (action instanceof Action.Arm arm) {
      return ports.workload().arm(cluster, arm.seen(), arm.survivor(), arm.incident());
    } else if (action instanceof Action.Disarm disarm) {
      return ports.workload().disarm(cluster, disarm.seen());
    } else if (action instanceof Action.RestartPod restart) {
      return ports.workload().restartPod(cluster, restart.pod(), restart.uid());
    } else if (action instanceof Action.DiscardVolume discard) {
      return ports.workload().discardVolume(cluster, discard.member(), discard.uid());
    } else if (action instanceof Action.Preserve preserve) {
      return ports.preservation().preserve(cluster, preserve.incident(), preserve.survivor());
    } else if (action instanceof Action.Restore restore) {
      return ports.restoration().restore(cluster, restore.seen(), restore.order());
    } else if (action instanceof Action.DiscardRestore discard) {
      return ports.restoration().discard(cluster, discard.uid());
    } else if (action instanceof Action.MarkVolumes mark) {
      return ports.restoration().mark(cluster, mark.marks());
    } else if (action instanceof Action.AddLearner add) {
      return ports.membership().addLearner(asked(seen), add.peerUrl());
    } else if (action instanceof Action.Promote promote) {
      return ports.membership().promote(asked(seen), promote.learner());
    } else if (action instanceof Action.Remove remove) {
      return ports.membership().remove(asked(seen), remove.member());
    }
    return Outcome.done();
  }

  /** The members that answered at this look. */
  private static List<MemberEndpoint> asked(Observation seen) {
    return seen.etcd().answers().values().stream()
        .filter(answer -> answer.status().isKnown())
        .map(answer -> answer.endpoint())
        .toList();
  }

  /** An announcement that fails is made at a later turn, the others are made all the same. */
  private Optional<Turn.Trouble> announce(ClusterRef cluster, List<Announcement> announcements) {
    Optional<Turn.Trouble> trouble = Optional.empty();
    for (Announcement announcement : announcements) {
      try {
        ports.announcer().announce(cluster, announcement);
      } catch (PortFailure failure) {
        trouble = Optional.of(new Turn.Trouble(false, failure.getMessage()));
      }
    }
    return trouble;
  }
}
