package dev.requorum.core.model;

import dev.requorum.core.engine.Ports;
import dev.requorum.ports.Announcer;
import dev.requorum.ports.Outcome;
import dev.requorum.ports.PortFailure;
import dev.requorum.ports.Preservation;
import dev.requorum.ports.etcd.Membership;
import dev.requorum.ports.kubernetes.Restoration;
import dev.requorum.ports.kubernetes.Workload;
import dev.requorum.ports.record.RecoveryRecords;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;

/** Ports whose calls, reads of the records included, go wrong as planned; then all is well. */
public final class FlakyPorts {

  /** What becomes of a call. */
  public enum Fault {
    NONE,
    REFUSED,
    FAILS_BEFORE,
    FAILS_AFTER
  }

  private final Queue<Fault> plan;

  private FlakyPorts(List<Fault> plan) {
    this.plan = new ArrayDeque<>(plan);
  }

  /** Each planned fault befalls one call, in order. */
  public static Ports of(World world, List<Fault> plan) {
    Ports ports = world.ports();
    FlakyPorts flaky = new FlakyPorts(plan);
    return new Ports(
        flaky.around(Workload.class, ports.workload()),
        ports.probe(),
        flaky.around(Membership.class, ports.membership()),
        flaky.around(Preservation.class, ports.preservation()),
        flaky.around(Restoration.class, ports.restoration()),
        flaky.around(RecoveryRecords.class, ports.records()),
        flaky.around(Announcer.class, ports.announcer()),
        ports.clock());
  }

  private <T> T around(Class<T> port, T real) {
    return port.cast(
        Proxy.newProxyInstance(
            port.getClassLoader(),
            new Class<?>[] {port},
            (proxy, method, arguments) -> call(real, method, arguments)));
  }

  private Object call(Object real, Method method, Object[] arguments) throws Throwable {
    boolean looks = List.of("observe", "find").contains(method.getName());
    Fault fault = looks || plan.isEmpty() ? Fault.NONE : plan.remove();
    if (fault == Fault.REFUSED && method.getReturnType() == Outcome.class) {
      return Outcome.refused("not now");
    }
    if (fault == Fault.FAILS_BEFORE) {
      throw new PortFailure(method.getName(), "connection refused");
    }
    Object result = invoke(real, method, arguments);
    if (fault == Fault.FAILS_AFTER) {
      throw new PortFailure(method.getName(), "connection reset");
    }
    return result;
  }

  private static Object invoke(Object real, Method method, Object[] arguments) throws Throwable {
    try {
      return method.invoke(real, arguments);
    } catch (InvocationTargetException thrown) {
      throw thrown.getCause();
    }
  }
}
