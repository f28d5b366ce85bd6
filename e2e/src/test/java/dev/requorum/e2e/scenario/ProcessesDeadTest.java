package dev.requorum.e2e.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("A majority whose processes are dead while its volumes are there")
@OnAnySite
class ProcessesDeadTest {

  @RegisterExtension static final Stage STAGE = Stage.named("processes-dead");

  @ParameterizedTest(
      name =
          "is rebuilt in place from survivor {0} after the longer window; the lost members' volumes are not reused")
  @ValueSource(ints = {0, 1, 2})
  @Tag("S01")
  @Tag("S12")
  @Tag("S13")
  @Tag("S18")
  void isRecovered(int survivor) {
    TestCluster cluster = STAGE.healthyClusterInPlace("dead-" + survivor, 3);
    Map<String, String> keys = Stage.writeSixKeys(cluster, survivor);
    String claim = cluster.claimUid(survivor);
    List<Integer> lost =
        TestCluster.ordinals(3).stream().filter(ordinal -> ordinal != survivor).toList();
    Map<Integer, String> formerClaims = new LinkedHashMap<>();
    lost.forEach(ordinal -> formerClaims.put(ordinal, cluster.claimUid(ordinal)));
    STAGE.loseProcesses(cluster, lost, 3);
    RecoveryAssertions.assertRecovered(cluster, survivor, 3, keys, claim);
    assertThat(lost)
        .allSatisfy(o -> assertThat(cluster.claimUid(o)).isNotEqualTo(formerClaims.get(o)));
    cluster.delete();
  }
}
