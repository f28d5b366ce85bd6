package dev.requorum.e2e.crash;

import dev.requorum.core.engine.TurnListener;
import dev.requorum.operator.OperatorMain;
import dev.requorum.ports.ClusterRef;
import java.nio.file.Path;

/**
 * The operator as it is shipped, which writes down each call of its ports in a recovery, and dies
 * (as of SIGKILL: nothing is cleaned up) at the point that a {@link CallLog} of its cluster is
 * armed with.
 */
public final class CrashingOperator implements WatchedPorts.Watcher {

  /** Names the environment variable with the directory of the logs. */
  public static final String LOGS = "CALL_LOGS";

  private static final int KILLED = 137;

  private final Path logs;

  private CrashingOperator(Path logs) {
    this.logs = logs;
  }

  /** Runs the operator. */
  public static void main(String[] arguments) throws InterruptedException {
    CrashingOperator watcher = new CrashingOperator(Path.of(System.getenv(LOGS)));
    if (!OperatorMain.run(
        System.getenv(),
        TurnListener.none(),
        ports -> WatchedPorts.of(ports, watcher, watcher::number))) {
      System.exit(1);
    }
  }

  @Override
  public void begins(ClusterRef cluster, PortCall call) {
    reach(cluster, CallLog.Kind.BEGINS, new CrashPoint(call, CrashPoint.When.BEFORE));
  }

  @Override
  public void done(ClusterRef cluster, PortCall call) {
    reach(cluster, CallLog.Kind.DONE, new CrashPoint(call, CrashPoint.When.AFTER));
  }

  private int number(ClusterRef cluster, String call, String what) {
    return new CallLog(logs, cluster.name()).number(call, what);
  }

  private void reach(ClusterRef cluster, CallLog.Kind kind, CrashPoint point) {
    CallLog log = new CallLog(logs, cluster.name());
    log.add(kind, point.call());
    if (log.disarm(point)) {
      Runtime.getRuntime().halt(KILLED);
    }
  }
}
