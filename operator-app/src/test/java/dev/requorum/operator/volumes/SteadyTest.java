package dev.requorum.operator.volumes;

import static dev.requorum.operator.volumes.Peace.FORMER;
import static dev.requorum.operator.volumes.Peace.IN_USE;
import static dev.requorum.operator.volumes.Peace.acknowledged;
import static dev.requorum.operator.volumes.Peace.kept;
import static dev.requorum.operator.volumes.Peace.unacknowledged;
import static dev.requorum.operator.volumes.Peace.volume;
import static org.assertj.core.api.Assertions.assertThat;

import dev.requorum.core.quorum.Verdict;
import dev.requorum.ports.kubernetes.Storage;
import dev.requorum.ports.kubernetes.VolumeMark;
import dev.requorum.ports.kubernetes.VolumeMarks;
import dev.requorum.ports.kubernetes.VolumeView;
import dev.requorum.ports.record.PassedOver;
import dev.requorum.ports.record.Phase;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("What lies on the claims of a cluster that is well")
class SteadyTest {

  static Stream<Peace> unrest() {
    return Stream.of(
        new Peace().verdict(Verdict.LOST),
        new Peace().verdict(Verdict.UNDETERMINED),
        new Peace()
            .incident(Peace.incident("i-2", Phase.SCALING_OUT, Optional.of(Peace.AT), List.of())),
        new Peace().storage(Storage.EPHEMERAL),
        new Peace().storage(Storage.SHARED_CLAIM),
        new Peace().directories(Optional.of(IN_USE), Optional.of(FORMER)),
        new Peace().directories(Optional.of(IN_USE), Optional.empty()));
  }

  @ParameterizedTest
  @MethodSource("unrest")
  @DisplayName(
      "is left alone without a quorum, while anything is being recovered, where members have no claims"
          + " of their own, and where they are told another directory than is recorded")
  void leftAlone(Peace unrest) {
    assertThat(unrest.steady()).isEmpty();
    assertThat(new Peace().steady()).isPresent();
  }

  @Test
  @DisplayName("is marked with the directory in use where a claim was made since, and kept is kept")
  void marked() {
    VolumeView bare = new VolumeView("etcd-data-demo-0", "demo-0", "volume-0", true, false);
    assertThat(due(new Peace().claims(bare))).containsExactly(mark());

    VolumeView stale = volume(Optional.of(FORMER), kept("i-1", null));
    assertThat(due(new Peace().claims(stale))).containsExactly(mark(kept("i-1", null)));
  }

  @Test
  @DisplayName(
      "is not marked twice, nor on a claim that the member has no data on, nor ever in vain")
  void notMarked() {
    assertThat(due(new Peace())).isEmpty();

    VolumeView other = new VolumeView("etcd-data-demo-0", "demo-0", "volume-9", true, false);
    VolumeView going = new VolumeView("etcd-data-demo-0", "demo-0", "volume-0", true, true);
    assertThat(due(new Peace().claims(other))).isEmpty();
    assertThat(due(new Peace().claims(going))).isEmpty();

    VolumeView bare = new VolumeView("etcd-data-demo-0", "demo-0", "volume-0", true, false);
    assertThat(due(new Peace().directories(Optional.empty(), Optional.empty()).claims(bare)))
        .isEmpty();
  }

  @Test
  @DisplayName("is given up where its incident is acknowledged, be it the last or an earlier one")
  void givenUp() {
    assertThat(givenUp(new Peace().kept(kept("i-2", FORMER)))).contains(Optional.of(FORMER));
    assertThat(givenUp(new Peace().kept(kept("i-1", null)))).contains(Optional.empty());
  }

  @Test
  @DisplayName("is not given up of an incident that nobody acknowledged, or that is not recorded")
  void notAcknowledged() {
    assertThat(givenUp(new Peace().incident(unacknowledged("i-2")).kept(kept("i-2", FORMER))))
        .isEmpty();
    assertThat(givenUp(new Peace().kept(kept("i-9", FORMER)))).isEmpty();
  }

  @Test
  @DisplayName("is not given up while one of two incidents that keep it is not acknowledged")
  void keptTwice() {
    Peace twice =
        new Peace()
            .incident(unacknowledged("i-2"))
            .kept(kept("i-1", null), kept("i-2", null), kept("i-1", FORMER));

    assertThat(givenUp(twice)).contains(Optional.of(FORMER));
    assertThat(givenUp(twice.incident(acknowledged("i-2")))).contains(Optional.empty());
  }

  @Test
  @DisplayName(
      "is not given up on the claim of a member that was passed over in an incident that nobody"
          + " acknowledged, whatever keeps it")
  void passedOver() {
    PassedOver late = new PassedOver(Peace.MEMBER, "demo-0", "volume-0", 119);
    Peace peace = new Peace().kept(kept("i-1", FORMER));

    assertThat(givenUp(peace.history(unacknowledged("i-0", late)))).isEmpty();
  }

  @Test
  @DisplayName("is not given up where its claim is marked as using it, though the record is not")
  void markedInUse() {
    assertThat(givenUp(new Peace().claims(volume(Optional.of(FORMER), kept("i-1", FORMER)))))
        .isEmpty();
  }

  @Test
  @DisplayName("is only taken off the list where it is the directory in use")
  void inUse() {
    Steady seen = new Peace().kept(kept("i-1", IN_USE)).steady().orElseThrow();
    KeptDirectories kept = KeptDirectories.givenUp(seen).orElseThrow();

    assertThat(kept.isInUse(seen)).isTrue();
    assertThat(kept.forgotten()).isEqualTo(mark());
  }

  private static List<VolumeMark> due(Peace peace) {
    return DirectoryMarks.due(peace.steady().orElseThrow());
  }

  private static VolumeMark mark(VolumeMarks.KeptDirectory... kept) {
    return new VolumeMark(
        "demo-0",
        "volume-0",
        new VolumeMarks(Optional.of(IN_USE), Optional.of(Peace.MEMBER), List.of(kept)));
  }

  /** The directory; empty where none is given up. */
  private static Optional<Optional<String>> givenUp(Peace peace) {
    return KeptDirectories.givenUp(peace.steady().orElseThrow()).map(KeptDirectories::directory);
  }
}
