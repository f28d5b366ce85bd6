package dev.requorum.core.sim;

import dev.requorum.ports.Fact;
import dev.requorum.ports.Outcome;
import dev.requorum.ports.PortFailure;
import dev.requorum.ports.kubernetes.WorkloadView;
import dev.requorum.ports.record.RecoveryRecords;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.Optional;

/**
 * Lets every call of one operator's ports through, unless the network or a planned mishap does not.
 */
final class Gate {

  private final World world;
  private final int place;
  private final String name;
  OperatorProcess other;
  Optional<Interruption> next = Optional.empty();

  Gate(World world, int place, String name) {
    this.world = world;
    this.place = place;
    this.name = name;
  }

  <T> T around(Class<T> port, T real) {
    return port.cast(
        Proxy.newProxyInstance(
            port.getClassLoader(),
            new Class<?>[] {port},
            (proxy, method, arguments) -> call(real, method, arguments)));
  }

  private Object call(Object real, Method method, Object[] arguments) throws Throwable {
    Interruption.Call call = kind(real, method);
    interrupt(call, false);
    boolean throughApi = !(real instanceof AskedMembers || real instanceof GuardedMembership);
    if (throughApi && !world.net.passes(place, Net.API)) {
      return failed(method);
    }
    Object result = invoke(real, method, arguments);
    if (throughApi && !world.net.passes(Net.API, place)) {
      return failed(method);
    }
    interrupt(call, true);
    return result;
  }

  private static Object failed(Method method) {
    if (method.getReturnType() == WorkloadView.class) {
      return new WorkloadView(gone(), gone(), gone(), gone(), gone());
    }
    if (method.getReturnType() == Fact.class) {
      return gone();
    }
    throw new PortFailure(method.getName(), "connection refused");
  }

  private static <T> Fact<T> gone() {
    return Fact.unknown("connection refused");
  }

  private static Interruption.Call kind(Object real, Method method) {
    if (method.getReturnType() == Outcome.class) {
      return Interruption.Call.ACT;
    }
    if (real instanceof RecoveryRecords) {
      return method.getName().equals("load") ? Interruption.Call.LOAD : Interruption.Call.STORE;
    }
    if (real instanceof AskedMembers) {
      return Interruption.Call.PROBE;
    }
    return method.getReturnType() == void.class
        ? Interruption.Call.ANNOUNCE
        : Interruption.Call.OBSERVE;
  }

  private void interrupt(Interruption.Call call, boolean after) {
    Optional<Interruption> due = next.filter(one -> one.call() == call && one.after() == after);
    if (due.isEmpty()) {
      return;
    }
    next = Optional.empty();
    Interruption interruption = due.get();
    world.coverage.count("interruptions");
    world.narrator.detail("%s: %s", name, interruption.inWords());
    switch (interruption.how()) {
      case DIES -> throw new Death();
      case FAILS -> throw new PortFailure(call.words, "connection reset");
      case OTHER_TURNS -> othersTurns(interruption.amount());
      case TIME_PASSES -> world.pass(interruption.amount() * 1000L);
    }
  }

  private void othersTurns(int turns) {
    world.coverage.count("turns of two operators at once", turns);
    for (int turn = 0; turn < turns; turn++) {
      Duration wait = other.turn();
      world.pass(wait.toMillis());
    }
  }

  private static Object invoke(Object real, Method method, Object[] arguments) throws Throwable {
    try {
      return method.invoke(real, arguments);
    } catch (InvocationTargetException thrown) {
      throw thrown.getCause();
    }
  }
}
