package dev.requorum.core.quorum;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.requorum.core.model.Look;
import dev.requorum.ports.etcd.MemberStatus;
import dev.requorum.ports.record.Missing;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("S05")
@DisplayName("S05: a voter is either up, with its answer, or missing in one of the known ways")
class VoterTest {

  private static final Optional<MemberStatus> ANSWER =
      Look.healthy(3).seen().etcd().status(Look.name(1));
  private static final Optional<Missing> GONE = Optional.of(Missing.GONE);

  @Test
  @DisplayName("anything in between is refused, and says whose it is")
  void inBetween() {
    refused(Health.UP, Optional.empty(), Optional.empty());
    refused(Health.UP, ANSWER, GONE);
    refused(Health.MISSING, ANSWER, GONE);
    refused(Health.UNKNOWN, Optional.empty(), Optional.empty());
  }

  @Test
  @DisplayName("whoever may be alive is unknown, whoever is gone or down is missing")
  void health() {
    assertThat(absent(Missing.UNREACHABLE)).isEqualTo(Health.UNKNOWN);
    assertThat(absent(Missing.GONE)).isEqualTo(Health.MISSING);
    assertThat(absent(Missing.DOWN)).isEqualTo(Health.MISSING);
  }

  @Test
  @DisplayName("only who is down awaits a leader")
  void awaitsLeader() {
    assertThat(waiting(Missing.DOWN).awaitsLeader()).isTrue();
    assertThat(waiting(Missing.DOWN).health()).as("it may vote").isEqualTo(Health.UNKNOWN);
    for (Missing other : List.of(Missing.GONE, Missing.UNREACHABLE)) {
      assertThatThrownBy(() -> waiting(other)).isInstanceOf(IllegalArgumentException.class);
    }
  }

  private static Voter waiting(Missing missing) {
    return Voter.absent(Look.id(1), Look.name(1), new Absence(missing, true, ""), "");
  }

  private static Health absent(Missing missing) {
    return Voter.absent(Look.id(1), Look.name(1), new Absence(missing, false, ""), "").health();
  }

  private static void refused(
      Health health, Optional<MemberStatus> status, Optional<Missing> missing) {
    assertThatThrownBy(() -> new Voter(Look.id(1), Look.name(1), health, status, missing, ""))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(Look.id(1).toString());
  }
}
