package dev.requorum.core.engine;

import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import dev.requorum.core.Action;
import dev.requorum.core.model.Losses;
import dev.requorum.core.model.Operator;
import dev.requorum.core.model.World;
import dev.requorum.ports.Outcome;
import dev.requorum.ports.Preservation;
import dev.requorum.ports.etcd.EtcdView;
import dev.requorum.ports.etcd.MemberEndpoint;
import dev.requorum.ports.etcd.Membership;
import dev.requorum.ports.kubernetes.Restoration;
import dev.requorum.ports.kubernetes.Workload;
import dev.requorum.ports.record.Strategy;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("S06")
@DisplayName("S06: each act that a turn decides upon goes to its port, which may refuse it")
class RefusedActsTest {

  private static final int TURNS_AT_MOST = 600;

  private final Set<String> refused = new TreeSet<>();
  private final List<MemberEndpoint> asked = new ArrayList<>();

  @Test
  @DisplayName("every act of a recovery is refused once and told in its port's own words")
  void everyAct() {
    for (Strategy strategy : Strategy.values()) {
      refuseEachOnce(Losses.ofTwoOutOfThree().get(1).strike().by(strategy));
    }
    World replaced = steady();
    replaced.loseVolume(1);
    refuseEachOnce(replaced);

    Set<String> all =
        Arrays.stream(Action.class.getPermittedSubclasses())
            .filter(kind -> kind != Action.None.class)
            .map(Class::getSimpleName)
            .collect(toSet());
    assertThat(refused).containsExactlyInAnyOrderElementsOf(all);
  }

  @Test
  @DisplayName("the members that answered are asked to change the membership, and no others")
  void askedOfThoseThatAnswer() {
    World world = steady();
    world.loseVolume(1);
    world.tick();
    Turn turn = refusing(world).turn(world.goal(), Operator.POLICY).orElseThrow();
    EtcdView etcd = turn.observation().etcd();

    assertThat(turn.decision().action()).isInstanceOf(Action.Remove.class);
    assertThat(etcd.answers()).containsKey("demo-1");
    assertThat(asked).extracting(MemberEndpoint::name).containsExactly("demo-0", "demo-2");
  }

  private static World steady() {
    World world = World.of(3);
    new Operator(world).untilSteady();
    return world;
  }

  /** Before each turn that is carried out, one that everybody refuses. */
  private void refuseEachOnce(World world) {
    Operator operator = new Operator(world);
    RecoveryEngine refusing = refusing(world);
    for (int i = 0; i < TURNS_AT_MOST && !(i > 0 && isOver(world)); i++) {
      told(refusing.turn(world.goal(), Operator.POLICY).orElseThrow());
      operator.step();
    }
    assertThat(isOver(world)).as("the recovery is over: %s", world.record()).isTrue();
  }

  private static boolean isOver(World world) {
    return world.record().ongoing().isEmpty() && world.isWhole();
  }

  private void told(Turn turn) {
    Action action = turn.decision().action();
    if (action instanceof Action.None) {
      assertThat(turn.trouble()).isEmpty();
      return;
    }
    String kind = action.getClass().getSimpleName();
    Turn.Trouble trouble = turn.trouble().orElseThrow();
    assertThat(trouble.refused()).isTrue();
    assertThat(kind.toLowerCase(Locale.ROOT))
        .startsWith(trouble.message().toLowerCase(Locale.ROOT));
    refused.add(kind);
  }

  private RecoveryEngine refusing(World world) {
    Ports ports = world.ports();
    return new RecoveryEngine(
        new Ports(
            refusing(Workload.class, ports.workload()),
            ports.probe(),
            refusing(Membership.class, ports.membership()),
            refusing(Preservation.class, ports.preservation()),
            refusing(Restoration.class, ports.restoration()),
            ports.records(),
            ports.announcer(),
            ports.clock()),
        TurnListener.none());
  }

  private <T> T refusing(Class<T> port, T real) {
    return port.cast(
        Proxy.newProxyInstance(
            port.getClassLoader(),
            new Class<?>[] {port},
            (proxy, method, arguments) -> refuse(real, method, arguments)));
  }

  private Object refuse(Object real, Method method, Object[] arguments) throws Exception {
    if (method.getReturnType() != Outcome.class) {
      return method.invoke(real, arguments);
    }
    if (arguments[0] instanceof List<?> members) {
      members.forEach(member -> asked.add((MemberEndpoint) member));
    }
    return Outcome.refused(method.getName());
  }
}
