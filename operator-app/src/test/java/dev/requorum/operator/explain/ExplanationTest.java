package dev.requorum.operator.explain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.requorum.ports.Reason;
import dev.requorum.ports.record.Missing;
import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Whole explanations, as they are printed. The other tests of this package look at single ones. */
@DisplayName(
    "explain says, from the status alone, what is happening, why it does or does not act, what it"
        + " waits for and until when, and what was lost:")
class ExplanationTest {

  @Test
  @DisplayName("while a loss is being made sure of")
  void detecting() {
    Losses loss =
        Losses.detecting().missing(2, Missing.DOWN, "its pod does not run (CrashLoopBackOff)");

    assertThat(Reports.ofThree().incident(loss.incident()).explained())
        .isEqualTo(
            """
            EtcdCluster etcd/demo, as of 2026-11-25T03:50:00Z
            Now        The quorum has been lost since 2026-11-25T03:49:18Z (42 s ago); clients cannot write.
                       Nothing has been changed.
            Missing    demo-1 is gone for good: its volume was deleted.
                       demo-2 is down: its pod does not run (CrashLoopBackOff).
            Why        It does not act yet, for a member that comes back in time brings the quorum back, and
                       nothing is lost then.
            Waits for  The loss has to be seen for 600 s without interruption (spec.recovery.downGracePeriod,
                       since demo-2 may come back with its volume); 41 s are over.
            Until      2026-11-25T03:59:18Z (in 558 s) at the earliest; later where a look fails or comes late.
            Then       If nothing stands in the way, the cluster is rebuilt from the freshest member that
                       answers; writes that it has not seen are lost.
            Lost       Nothing so far.
                       Last seen with a quorum: demo-0 at revision 120 (2026-11-25T03:48:50Z); demo-1, demo-2 at
                       revision 119 (2026-11-25T03:48:50Z).
            To do      Bring members back before it is over, if you can: nothing is lost then.""");
  }

  @Test
  @DisplayName("while a recovery is held by a member that may be alive")
  void held() {
    String why =
        "acting now could fork the cluster, for member demo-2 may be alive: its node node-2 does not"
            + " report to Kubernetes";
    Losses loss =
        Losses.detecting()
            .missing(2, Missing.UNREACHABLE, "its node node-2 does not report to Kubernetes")
            .because(Reason.MEMBER_UNREACHABLE, why)
            .observed(Duration.ofSeconds(12));

    assertThat(Reports.ofThree().incident(loss.incident()).explained())
        .isEqualTo(
            """
            EtcdCluster etcd/demo, as of 2026-11-25T03:50:00Z
            Now        The quorum has been lost since 2026-11-25T03:49:18Z (42 s ago); clients cannot write.
                       Nothing has been changed.
            Missing    demo-1 is gone for good: its volume was deleted.
                       demo-2 is perhaps alive: its node node-2 does not report to Kubernetes.
            Why        It does not act: acting now could fork the cluster, for member demo-2 may be alive: its
                       node node-2 does not report to Kubernetes (MemberUnreachable).
                       That means: a missing member may be alive where neither etcd nor Kubernetes can see it.
            Waits for  It goes on by itself as soon as the cause is gone; the loss was seen for 12 s of 60 s
                       (spec.recovery.gracePeriod), which stands still meanwhile.
            Until      No time is set: nothing is ever done because of time alone.
            Lost       Nothing so far.
                       Last seen with a quorum: demo-0 at revision 120 (2026-11-25T03:48:50Z); demo-1, demo-2 at
                       revision 119 (2026-11-25T03:48:50Z).
            To do      Mend the network or the node; only if you know that it is off and stays off, say so:
                       delete the node, or taint it node.kubernetes.io/out-of-service=nodeshutdown:NoExecute.""");
  }

  @Test
  @DisplayName("after a recovery whose loss nobody has acknowledged")
  void completed() {
    assertThat(Reports.healthy().incident(Losses.completed().incident()).explained())
        .isEqualTo(
            """
            EtcdCluster etcd/demo, as of 2026-11-25T03:50:00Z
            Now        A quorum serves, since 2026-11-25T03:49:00Z.
                       The quorum was lost at 2026-11-25T03:49:18Z and recovered, with all members back at
                       2026-11-25T03:49:52Z (8 s ago), 34 s later; rebuilt from demo-0.
            Why        The operator does nothing, for there is nothing for it to do.
            Lost       Incident 20261125-034918-0: The cluster was rebuilt from demo-0 (1), which had revision
                       112. Before the loss demo-1 was seen at revision 119: at least 7 revisions are lost, and
                       perhaps later ones.
                       Retained: revision 112 (raft index 130); served again at 2026-11-25T03:49:40Z.
                       The data from before is kept, on the operator's volume for copies (20512 bytes, made
                       2026-11-25T03:49:30Z):
                         /var/lib/requorum/copies/etcd/demo/20261125-034918-0.db
            To do      Nobody has acknowledged the loss of incident 20261125-034918-0. Decide what has to be
                       done about the writes, then say that you have seen it:
                         kubectl -n etcd annotate etcdcluster demo operator.etcd.io/acknowledge-data-loss=20261125-034918-0 --overwrite""");
  }
}
