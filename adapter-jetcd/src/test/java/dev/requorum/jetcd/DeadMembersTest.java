package dev.requorum.jetcd;

import static dev.requorum.ports.etcd.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.requorum.ports.etcd.EtcdView;
import dev.requorum.ports.etcd.MemberAnswer;
import dev.requorum.ports.etcd.MemberEndpoint;
import dev.requorum.ports.etcd.ProbeLimits;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@DisplayName("Dead members delay nobody")
class DeadMembersTest {

  private static final Duration DEADLINE = Duration.ofSeconds(2);
  private static final Duration ALLOWED = DEADLINE.multipliedBy(3).dividedBy(2);
  private static final ProbeLimits LIMITS = new ProbeLimits(DEADLINE, Duration.ofSeconds(30));

  @Test
  @Tag("S01")
  @DisplayName("S01: nine members of which eight are dead are looked at within 1.5 x one deadline")
  void eightOfNine() throws IOException {
    try (EtcdProcesses cluster = EtcdProcesses.healthy(1);
        DeadAddresses dead = new DeadAddresses()) {
      List<MemberEndpoint> nine = eightDeadAnd(cluster.endpoint("m0"), dead);

      long start = System.nanoTime();
      EtcdView view = cluster.probe().probe(nine, LIMITS);
      Duration took = Duration.ofNanos(System.nanoTime() - start);

      assertThat(took).isLessThanOrEqualTo(ALLOWED);
      assertOneAnswerEach(view);
      assertThat(view.linearizableMembers().isKnown()).isTrue();
    }
  }

  @Test
  @Tag("S05")
  @DisplayName("S05: nor does the list's longer limit hold up a look at a survivor without quorum")
  void survivorWithoutQuorum() throws IOException {
    try (EtcdProcesses cluster = EtcdProcesses.healthy(2);
        DeadAddresses dead = new DeadAddresses()) {
      cluster.kill("m1");
      List<MemberEndpoint> nine = eightDeadAnd(cluster.endpoint("m0"), dead);
      eventually(
          "m0 knows no leader",
          Duration.ofSeconds(20),
          () -> cluster.probe().probe(cluster.endpoints("m0"), LIMITS).status("m0"),
          status -> status.filter(s -> s.leader().isEmpty()).isPresent());

      long start = System.nanoTime();
      EtcdView view = cluster.probe().probe(nine, LIMITS);
      Duration took = Duration.ofNanos(System.nanoTime() - start);

      assertThat(took).isLessThanOrEqualTo(ALLOWED);
      assertOneAnswerEach(view);
      assertThat(view.linearizableMembers().why().orElseThrow())
          .contains("etcdserver: no leader")
          .contains("silent-0 at")
          .doesNotContain("30000 ms");
    }
  }

  @Test
  @DisplayName("An address that cannot be used is an unknown member, with what is wrong with it")
  void unusableAddresses() {
    try (EtcdProcesses cluster = EtcdProcesses.healthy(1)) {
      EtcdView view =
          cluster
              .probe()
              .probe(
                  List.of(
                      cluster.endpoint("m0"),
                      new MemberEndpoint("secret", URI.create("https://127.0.0.1:2379")),
                      new MemberEndpoint("portless", URI.create("http://127.0.0.1")),
                      new MemberEndpoint("nameless", URI.create("unix:etcd.sock")),
                      new MemberEndpoint("lost", URI.create("http://lost.etcd.invalid:2379"))),
                  LIMITS);

      assertThat(view.status("m0")).isPresent();
      assertThat(why(view, "secret")).contains("https://127.0.0.1:2379 is not http");
      assertThat(why(view, "portless")).contains("http://127.0.0.1 is not a client URL");
      assertThat(why(view, "nameless")).contains("unix:etcd.sock is not a client URL");
      assertThat(why(view, "lost")).contains("lost.etcd.invalid");
    }
  }

  private static List<MemberEndpoint> eightDeadAnd(MemberEndpoint alive, DeadAddresses dead) {
    List<MemberEndpoint> nine = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      nine.add(dead.silent("silent-" + i));
      nine.add(dead.refusing("refusing-" + i));
    }
    nine.add(dead.blackHole("black-hole-0"));
    nine.add(dead.blackHole("black-hole-1"));
    nine.add(alive);
    return nine;
  }

  private static void assertOneAnswerEach(EtcdView view) {
    assertThat(view.answers()).hasSize(9);
    assertThat(view.status("m0")).isPresent();
    assertThat(view.answers().values())
        .filteredOn(answer -> !answer.endpoint().name().equals("m0"))
        .hasSize(8)
        .allSatisfy(DeadMembersTest::assertUnknown);
    assertThat(why(view, "refusing-0")).contains("Connection refused");
    assertThat(view.answers().values())
        .allSatisfy(answer -> assertThat(answer.peersOnly()).isEmpty());
    assertThat(why(view, "silent-0")).endsWith("no answer within 2000 ms");
    assertThat(why(view, "black-hole-0")).endsWith("no answer within 2000 ms");
  }

  private static void assertUnknown(MemberAnswer answer) {
    assertThat(answer.status().why().orElseThrow())
        .contains(answer.endpoint().name())
        .contains(answer.endpoint().clientUrl().toString());
    assertThat(answer.membersAsKnown().isKnown()).isFalse();
  }

  private static String why(EtcdView view, String name) {
    return view.answers().get(name).status().why().orElseThrow();
  }
}
