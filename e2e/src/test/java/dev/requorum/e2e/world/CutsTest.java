package dev.requorum.e2e.world;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Packets vanish")
class CutsTest {
  private static final Party NODE = Party.node("node-1");
  private static final Party POD = Party.pod("lab", "etcd-0");

  private final Cuts cuts = new Cuts();

  @BeforeEach
  void occupy() {
    cuts.occupy("pod", Set.of(POD, NODE));
    cuts.occupy("sibling", Set.of(Party.pod("lab", "etcd-1"), NODE));
    cuts.occupy("operator", Set.of(Party.process("operator")));
    cuts.occupy("api", Set.of(Party.apiServer()));
    cuts.door("door", NODE);
  }

  @Test
  @DisplayName(
      "in both directions between two parties that are cut from each other, and nowhere else")
  void betweenTwo() {
    cuts.cut(POD, Party.process("operator"));

    assertThat(cuts.drops())
        .containsExactlyInAnyOrder("from pod to operator", "from operator to pod");
  }

  @Test
  @DisplayName("between a node's door and everybody, when the node is cut from the API server")
  void throughTheDoor() {
    cuts.cut(Party.apiServer(), NODE);

    assertThat(cuts.drops())
        .containsExactlyInAnyOrder(
            "from door",
            "to door",
            "from pod to api",
            "from api to pod",
            "from sibling to api",
            "from api to sibling");
  }

  @Test
  @DisplayName("between a node and everybody else, but not between two pods of that node")
  void fromEverybodyElse() {
    cuts.cut(NODE, Party.everybodyElse());

    assertThat(cuts.drops())
        .contains("from pod to operator", "from api to sibling", "from door", "to door")
        .doesNotContain("from pod to sibling", "from sibling to pod");
  }

  @Test
  @DisplayName("for a pod that comes to a cut off node later")
  void forLaterPods() {
    cuts.cut(NODE, Party.process("operator"));
    cuts.occupy("later", Set.of(Party.pod("lab", "etcd-2"), NODE));

    assertThat(cuts.drops()).contains("from later to operator", "from operator to later");
  }

  @Test
  @DisplayName("in one direction only, where that is what is cut")
  void oneWay() {
    cuts.cutOneWay(POD, Party.process("operator"));
    assertThat(cuts.drops()).containsExactly("from pod to operator");

    cuts.healOneWay(Party.process("operator"), POD);
    assertThat(cuts.drops()).isNotEmpty();
    cuts.healOneWay(POD, Party.process("operator"));
    assertThat(cuts.drops()).isEmpty();
  }

  @Test
  @DisplayName("no longer when the cut is healed, in whichever order the two are named")
  void healed() {
    cuts.cut(POD, Party.process("operator"));
    cuts.heal(Party.process("operator"), POD);

    assertThat(cuts.drops()).isEmpty();
  }
}
