package dev.requorum.e2e.world;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The lines of the local world")
class LinesTest {
  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final World WORLD = SharedWorld.get();
  private static final Party HERE = Party.process("datagrams-here");
  private static final Party THERE = Party.process("datagrams-there");

  private static WorldProcess here;
  private static WorldProcess there;

  @BeforeAll
  static void start() {
    there = start(THERE.name());
    String address =
        Await.untilPresent(
            "the address", LIMIT, () -> Datagrams.addressOf(there), () -> there.log());
    here = start(HERE.name(), address);
    awaitMore(here, 1);
    awaitMore(there, 1);
  }

  @AfterAll
  static void end() {
    here.kill();
    there.kill();
  }

  private static WorldProcess start(String name, String... other) {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "-Xmx16m",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty(
                    "surefire.test.class.path", System.getProperty("java.class.path")),
                Datagrams.class.getName()));
    arguments.addAll(List.of(other));
    return WORLD.startJava(name, arguments, Map.of());
  }

  private static void awaitMore(WorldProcess process, int more) {
    int before = Datagrams.heardBy(process);
    Await.until(
        "%d more are heard".formatted(more),
        LIMIT,
        () -> Datagrams.heardBy(process) >= before + more,
        () -> Datagrams.heardBy(process));
  }

  @Test
  @DisplayName("can be cut in one direction: what is sent the other way is heard")
  void oneWay() {
    WORLD.cutOneWay(HERE, THERE);
    awaitMore(here, 5);
    int heard = Datagrams.heardBy(there);
    awaitMore(here, 50);
    assertThat(Datagrams.heardBy(there)).isEqualTo(heard);

    WORLD.healOneWay(HERE, THERE);
    awaitMore(there, 5);
  }

  @Test
  @DisplayName(
      "can be made slow: a part of what is sent waits or is dropped, until they are mended")
  void slow() {
    assumeTrue(Link.canBeSlow(), "SKIPPED: the kernel or tc has no token bucket filter");
    Link line = WORLD.links(THERE).get(0);
    assertThat(line.statistics()).doesNotContain("tbf");

    line.slow(32);
    awaitMore(there, 10);
    assertThat(line.statistics()).contains("tbf").containsPattern("overlimits [1-9]");
    Await.until(
        "some do not get through",
        LIMIT,
        () -> line.statistics().matches("(?s).*dropped [1-9].*"),
        line::statistics);

    line.mend();
    assertThat(line.statistics()).doesNotContain("tbf");
    awaitMore(there, 100);
  }
}
