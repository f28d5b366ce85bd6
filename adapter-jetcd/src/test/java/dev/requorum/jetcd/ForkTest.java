package dev.requorum.jetcd;

import static org.assertj.core.api.Assertions.assertThat;

import dev.requorum.ports.etcd.EtcdView;
import dev.requorum.ports.etcd.MemberEndpoint;
import dev.requorum.ports.etcd.ProbeLimits;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@DisplayName("Two clusters under the names of one")
class ForkTest {

  /** Enough for either answer to be the first. */
  private static final int LOOKS = 200;

  private static final ProbeLimits LIMITS =
      new ProbeLimits(Duration.ofSeconds(5), Duration.ofSeconds(5));

  @Test
  @Tag("S05")
  @DisplayName("S05: each confirms a list of its own, so that none counts as the cluster's")
  void differentLists() {
    try (EtcdProcesses one = EtcdProcesses.healthy(1);
        EtcdProcesses other = EtcdProcesses.healthy(1)) {
      MemberEndpoint m0 = one.endpoint("m0");
      MemberEndpoint m1 = new MemberEndpoint("m1", other.endpoint("m0").clientUrl());

      for (int i = 0; i < LOOKS; i++) {
        EtcdView view = one.probe().probe(List.of(m0, m1), LIMITS);

        assertThat(view.status("m0")).isPresent();
        assertThat(view.status("m1")).isPresent();
        assertThat(view.linearizableMembers().why().orElseThrow())
            .contains("the members confirm different member lists");
      }
    }
  }
}
