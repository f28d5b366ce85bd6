package dev.requorum.e2e.crash;

import dev.requorum.core.engine.Ports;
import dev.requorum.ports.Announcer;
import dev.requorum.ports.ClusterRef;
import dev.requorum.ports.Outcome;
import dev.requorum.ports.Preservation;
import dev.requorum.ports.etcd.MemberProbe;
import dev.requorum.ports.etcd.Membership;
import dev.requorum.ports.kubernetes.Restoration;
import dev.requorum.ports.kubernetes.Workload;
import dev.requorum.ports.record.RecoveryRecord;
import dev.requorum.ports.record.RecoveryRecords;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Optional;

/** Ports that do what other ones do, and tell of each call in a recovery. */
final class WatchedPorts {

  /** Is told of each call by the thread that makes it. */
  interface Watcher {

    /** The call is about to be made for this cluster. */
    void begins(ClusterRef cluster, PortCall call);

    /** What the call asked for is done. Not called where it was refused or failed. */
    void done(ClusterRef cluster, PortCall call);
  }

  private final CallNames names;
  private final Watcher watcher;

  private WatchedPorts(Watcher watcher, CallNames.Numbers numbers) {
    this.names = new CallNames(numbers);
    this.watcher = watcher;
  }

  static Ports of(Ports real, Watcher watcher, CallNames.Numbers numbers) {
    WatchedPorts watched = new WatchedPorts(watcher, numbers);
    return new Ports(
        watched.port(Workload.class, "workload", real.workload()),
        watched.port(MemberProbe.class, "probe", real.probe()),
        watched.port(Membership.class, "membership", real.membership()),
        watched.port(Preservation.class, "preservation", real.preservation()),
        watched.port(Restoration.class, "restoration", real.restoration()),
        watched.port(RecoveryRecords.class, "records", real.records()),
        watched.port(Announcer.class, "announcer", real.announcer()),
        real.clock());
  }

  private <T> T port(Class<T> type, String name, T real) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (proxy, method, arguments) ->
                call(name, real, method, arguments == null ? new Object[0] : arguments)));
  }

  private Object call(String port, Object real, Method method, Object[] arguments)
      throws Throwable {
    if (method.getDeclaringClass() == Object.class) {
      return method.invoke(real, arguments);
    }
    Optional<CallNames.Named> named = names.name(port, method.getName(), List.of(arguments));
    named.ifPresent(begun -> watcher.begins(begun.cluster(), begun.call()));
    Object result = carriedOut(real, method, arguments);
    if (result instanceof RecoveryRecords.Versioned stored) {
      names.stands((ClusterRef) arguments[0], stored.record());
    }
    named.filter(ended -> isDone(ended.call(), result)).ifPresent(ended -> done(ended, arguments));
    return result;
  }

  private static Object carriedOut(Object real, Method method, Object[] arguments)
      throws Throwable {
    try {
      return method.invoke(real, arguments);
    } catch (InvocationTargetException failure) {
      throw failure.getCause();
    }
  }

  private void done(CallNames.Named ended, Object[] arguments) {
    if (ended.call().records()) {
      names.stands(ended.cluster(), (RecoveryRecord) arguments[1]);
    }
    watcher.done(ended.cluster(), ended.call());
  }

  private static boolean isDone(PortCall call, Object result) {
    if (call.records()) {
      return result instanceof Optional<?> stored && stored.isPresent();
    }
    return !(result instanceof Outcome outcome) || outcome.isDone();
  }
}
