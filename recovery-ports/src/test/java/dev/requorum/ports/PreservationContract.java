package dev.requorum.ports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.requorum.ports.etcd.MemberEndpoint;
import dev.requorum.ports.record.PreservedCopy;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What every {@link Preservation} guarantees. */
@Tag("S12")
public abstract class PreservationContract {

  private static final ClusterRef CLUSTER = new ClusterRef("test", "demo");
  private static final String INCIDENT = "i-20260131-120000";

  private Preservation preservation;

  /** The port under test, with nothing preserved; each later call is another process. */
  protected abstract Preservation preservation();

  /** A member that can be copied. */
  protected abstract MemberEndpoint member();

  /** From now on copying a member breaks off half-way, or no longer does. */
  protected abstract void breakOff(boolean breaksOff);

  @BeforeEach
  void nothingPreserved() {
    preservation = preservation();
  }

  @Test
  @DisplayName("Before anything was preserved, that is known")
  void nothing() {
    assertThat(preservation.find(CLUSTER, INCIDENT)).isEqualTo(Fact.known(Optional.empty()));
  }

  @Test
  @Tag("S06")
  @DisplayName("A copy that was made is found, by a successor too, and made once")
  void found() {
    MemberEndpoint member = member();
    assertThat(preservation.preserve(CLUSTER, INCIDENT, member).isDone()).isTrue();
    PreservedCopy copy = copy();
    assertThat(copy.bytes()).isPositive();
    assertThat(copy.sha256()).isNotBlank();

    assertThat(preservation().preserve(CLUSTER, INCIDENT, member).isDone()).isTrue();
    assertThat(copy()).isEqualTo(copy);
  }

  @Test
  @DisplayName("Copies of other incidents, and of other clusters, are others")
  void others() {
    preservation.preserve(CLUSTER, INCIDENT, member());

    assertThat(preservation.find(CLUSTER, "another")).isEqualTo(Fact.known(Optional.empty()));
    assertThat(preservation.find(new ClusterRef("test", "other"), INCIDENT))
        .isEqualTo(Fact.known(Optional.empty()));
  }

  @Test
  @DisplayName("A copy that was cut short is never found, and is made anew")
  void cutShort() {
    MemberEndpoint member = member();
    breakOff(true);
    assertThatThrownBy(() -> preservation.preserve(CLUSTER, INCIDENT, member))
        .isInstanceOf(PortFailure.class);
    assertThat(preservation.find(CLUSTER, INCIDENT)).isEqualTo(Fact.known(Optional.empty()));

    breakOff(false);
    assertThat(preservation.preserve(CLUSTER, INCIDENT, member).isDone()).isTrue();
    assertThat(copy().bytes()).isPositive();
  }

  private PreservedCopy copy() {
    return preservation().find(CLUSTER, INCIDENT).value().flatMap(found -> found).orElseThrow();
  }
}
