package dev.requorum.core.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.requorum.core.Observation;
import dev.requorum.core.model.Look;
import dev.requorum.core.model.Losses;
import dev.requorum.core.model.Operator;
import dev.requorum.core.model.World;
import dev.requorum.ports.etcd.MemberEndpoint;
import dev.requorum.ports.kubernetes.PodView;
import dev.requorum.ports.kubernetes.Workload;
import dev.requorum.ports.record.Phase;
import dev.requorum.ports.record.Strategy;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("S06")
@DisplayName("S06: what a turn looks at before it decides")
class LookTest {

  @Test
  @DisplayName("a copy and a restore are looked for in the midst of a rebuild, and only then")
  void onlyInARebuild() {
    World world = Losses.ofTwoOutOfThree().get(0).strike().by(Strategy.RESTORE);
    Operator operator = new Operator(world);
    operator.untilPhase(Phase.DETECTING);
    assertThat(looked(operator)).isFalse();
    operator.untilPhase(Phase.REBUILDING);
    assertThat(looked(operator)).isTrue();
    operator.untilSteady();
    assertThat(looked(operator)).isFalse();
  }

  @Test
  @DisplayName("a pod without an address is not asked, one with an IPv6 address in brackets is")
  void addresses() {
    Look look =
        Look.healthy(3)
            .pod(0, pod -> at(pod, Optional.of("fd00::1")))
            .pod(1, pod -> at(pod, Optional.empty()));
    List<MemberEndpoint> asked = new ArrayList<>();
    Ports ports = World.of(3).ports();
    Ports watched = Asked.noting(asked, showing(look), ports);
    new RecoveryEngine(watched, TurnListener.none()).turn(look.goal(), Operator.POLICY);

    assertThat(asked)
        .extracting(endpoint -> endpoint.clientUrl().toString())
        .containsExactly("http://[fd00::1]:2379", "http://10.0.0.2:2379");
  }

  private static boolean looked(Operator operator) {
    Observation seen = operator.turn().orElseThrow().observation();
    assertThat(seen.restore().isKnown()).isEqualTo(seen.preservedCopy().isKnown());
    return seen.restore().isKnown();
  }

  private static Workload showing(Look look) {
    return (Workload)
        Proxy.newProxyInstance(
            Workload.class.getClassLoader(),
            new Class<?>[] {Workload.class},
            (proxy, method, arguments) -> look.seen().workload());
  }

  private static PodView at(PodView p, Optional<String> ip) {
    return new PodView(
        p.name(),
        p.uid(),
        ip,
        p.node(),
        p.ready(),
        p.running(),
        p.terminating(),
        p.forceFlag(),
        p.outdated(),
        p.restarts(),
        p.detail());
  }
}
