package dev.requorum.ports.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.requorum.ports.ClusterRef;
import dev.requorum.ports.Fact;
import dev.requorum.ports.Outcome;
import dev.requorum.ports.etcd.MemberId;
import dev.requorum.ports.kubernetes.RestoreView.State;
import dev.requorum.ports.kubernetes.VolumeMarks.KeptDirectory;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What every {@link Restoration} guarantees. */
@Tag("S23")
public abstract class RestorationContract {

  private static final String FIRST = "i-20260131-120000-1";
  private static final String SECOND = "i-20260131-120000-2";

  private RestorationWorld world;
  private Restoration restoration;
  private Workload workload;
  private ClusterRef cluster;
  private String survivor;

  /** A world that this test alone uses until it ends. */
  protected abstract RestorationWorld world();

  @BeforeEach
  void twoMembersOfWhichTheLastSurvives() {
    world = world();
    restoration = world.restoration();
    workload = world.workloads().workload();
    cluster = world.workloads().cluster(2);
    survivor = cluster.memberName(1);
  }

  @Test
  @DisplayName("Where there is no restore, or no cluster at all, its absence is known")
  void nothing() {
    assertThat(restoration.find(cluster)).isEqualTo(Fact.known(Optional.empty()));
    assertThat(restoration.find(world.workloads().nothing()))
        .isEqualTo(Fact.known(Optional.empty()));
  }

  @Test
  @DisplayName("A restore that cannot be looked at is unknown, never absent, and says why")
  void blindness() {
    Fact<Optional<RestoreView>> found = world.blind().find(cluster);

    assertThat(found.isKnown()).isFalse();
    assertThat(found.why().orElseThrow()).isNotBlank();
  }

  @Test
  @DisplayName("Once nobody runs, a restore starts, and nobody takes it for a member")
  void started() {
    stop();
    List<VolumeView> volumes = volumes();

    assertThat(restore(FIRST)).isEqualTo(Outcome.done());

    assertThat(found().state()).isEqualTo(State.UNDER_WAY);
    assertThat(found().directory()).isEqualTo(FIRST);
    assertThat(found().terminating()).isFalse();
    assertThat(cluster.ordinalOf(found().pod())).isEmpty();
    assertThat(workload.observe(cluster).pods()).isEqualTo(Fact.known(List.of()));
    assertThat(volumes()).isEqualTo(volumes);
  }

  @Test
  @Tag("S06")
  @DisplayName("Restoring twice into a directory is restoring once, also when the first has ended")
  void once() {
    stop();
    restore(FIRST);
    String uid = found().uid();
    assertThat(restore(FIRST).isDone()).isTrue();
    world.run(cluster);
    world.succeed(cluster);

    assertThat(restore(FIRST).isDone()).isTrue();

    assertThat(found().uid()).isEqualTo(uid);
    assertThat(found().state()).isEqualTo(State.SUCCEEDED);
  }

  @Test
  @DisplayName(
      "While a restore is there, under way, ended or going, none into another directory is")
  void another() {
    stop();
    restore(FIRST);
    assertRefused(SECOND);
    world.run(cluster);
    assertRefused(SECOND);
    restoration.discard(cluster, found().uid());
    assertThat(found().terminating()).isTrue();
    assertRefused(SECOND);

    assertThat(found().directory()).isEqualTo(FIRST);
  }

  @Test
  @DisplayName("A restore is refused while the StatefulSet runs an ordinal")
  void whileOrdinalsRun() {
    assertRefused(FIRST);
    workload.resize(cluster, set(), OrdinalWindow.only(1));
    world.workloads().settle(cluster);
    world.workloads().deletePod(cluster, survivor);
    assertThat(workload.observe(cluster).pods()).isEqualTo(Fact.known(List.of()));

    assertRefused(FIRST);
    assertThat(restoration.find(cluster)).isEqualTo(Fact.known(Optional.empty()));
  }

  @Test
  @DisplayName("A restore is refused while any member's pod exists, though it is terminating")
  void whilePodsExist() {
    workload.resize(cluster, set(), new OrdinalWindow(1, 0));
    assertThat(workload.observe(cluster).pods().value().orElseThrow()).isNotEmpty();

    assertRefused(FIRST);
    assertThat(restoration.find(cluster)).isEqualTo(Fact.known(Optional.empty()));
  }

  @Test
  @DisplayName("A restore for a StatefulSet that changed since, or is another one, is refused")
  void anotherStatefulSet() {
    stop();
    StatefulSetView seen = set();
    StatefulSetView former =
        new StatefulSetView(
            "of-another-uid",
            seen.generation(),
            seen.window(),
            seen.armedFor(),
            seen.forceFlag(),
            seen.storage());
    assertThat(restoration.restore(cluster, former, order(FIRST))).isInstanceOf(REFUSED);

    world.workloads().changeSpec(cluster);

    assertThat(restoration.restore(cluster, seen, order(FIRST))).isInstanceOf(REFUSED);
    assertThat(restoration.find(cluster)).isEqualTo(Fact.known(Optional.empty()));
  }

  @Test
  @DisplayName("A restore is refused where the claim is another one")
  void anotherClaim() {
    stop();

    assertThat(restoration.restore(cluster, set(), order(FIRST, "of-another-uid")))
        .isInstanceOf(REFUSED);
    assertThat(restoration.find(cluster)).isEqualTo(Fact.known(Optional.empty()));
  }

  @Test
  @DisplayName("A restore is refused where the claim is marked for deletion")
  void doomedClaim() {
    stop();
    RestoreOrder order = order(FIRST);

    world.doomVolume(cluster, survivor);

    assertThat(restoration.restore(cluster, set(), order)).isInstanceOf(REFUSED);
    assertThat(restoration.find(cluster)).isEqualTo(Fact.known(Optional.empty()));
  }

  @Test
  @DisplayName("A restore that failed says so, and in whose words")
  void failed() {
    stop();
    restore(FIRST);
    world.run(cluster);

    world.fail(cluster, "no space left on device");

    assertThat(found().state()).isEqualTo(State.FAILED);
    assertThat(found().detail()).contains("no space left on device");
  }

  @Test
  @DisplayName("Only the restore that was seen is discarded; after that another can be made")
  void discarded() {
    stop();
    restore(FIRST);
    world.run(cluster);
    String uid = found().uid();
    assertThat(restoration.discard(cluster, "of-another-uid").isDone()).isTrue();
    assertThat(found().terminating()).isFalse();

    assertThat(restoration.discard(cluster, uid).isDone()).isTrue();
    assertThat(restoration.discard(cluster, uid).isDone()).isTrue();
    world.workloads().settle(cluster);

    assertThat(restoration.find(cluster)).isEqualTo(Fact.known(Optional.empty()));
    assertThat(restoration.discard(cluster, uid).isDone()).isTrue();
    assertThat(restore(SECOND).isDone()).isTrue();
    assertThat(found().uid()).isNotEqualTo(uid);
    assertThat(found().directory()).isEqualTo(SECOND);
  }

  @Test
  @DisplayName("Marks are seen on the claims, in place of those that were there")
  void marked() {
    assertThat(volume(survivor).marks()).isEqualTo(VolumeMarks.none());
    VolumeMarks marks =
        new VolumeMarks(
            Optional.of(SECOND),
            Optional.of(new MemberId(-2)),
            List.of(
                new KeptDirectory("i-1", Optional.empty()),
                new KeptDirectory("i-2", Optional.of(FIRST))));

    assertThat(mark(survivor, marks).isDone()).isTrue();
    assertThat(mark(survivor, marks).isDone()).isTrue();

    assertThat(volume(survivor).marks()).isEqualTo(marks);
    assertThat(volume(cluster.memberName(0)).marks()).isEqualTo(VolumeMarks.none());
    VolumeMarks fewer = new VolumeMarks(Optional.of(SECOND), Optional.empty(), List.of());
    mark(survivor, fewer);
    assertThat(volume(survivor).marks()).isEqualTo(fewer);
    mark(survivor, VolumeMarks.none());
    assertThat(volume(survivor).marks()).isEqualTo(VolumeMarks.none());
  }

  @Test
  @DisplayName("A claim that is another one by now, or is none, is not marked")
  void markOfAnother() {
    VolumeMarks marks = new VolumeMarks(Optional.of(FIRST), Optional.empty(), List.of());

    for (String member : List.of(survivor, cluster.memberName(7))) {
      VolumeMark stale = new VolumeMark(member, "of-another-uid", marks);
      assertThat(restoration.mark(cluster, List.of(stale))).isInstanceOf(REFUSED);
    }
    assertThat(volume(survivor).marks()).isEqualTo(VolumeMarks.none());
  }

  private static final Class<Outcome.Refused> REFUSED = Outcome.Refused.class;

  private void stop() {
    assertThat(workload.resize(cluster, set(), new OrdinalWindow(1, 0)).isDone()).isTrue();
    world.workloads().settle(cluster);
  }

  private Outcome restore(String directory) {
    return restoration.restore(cluster, set(), order(directory));
  }

  private void assertRefused(String directory) {
    assertThat(restore(directory)).isInstanceOf(REFUSED);
  }

  private RestoreOrder order(String directory) {
    return order(directory, volume(survivor).uid());
  }

  private RestoreOrder order(String directory, String volumeUid) {
    return new RestoreOrder(
        survivor,
        volumeUid,
        Optional.empty(),
        directory,
        "requorum-" + directory,
        URI.create("http://m:2380"),
        1_000_000_000);
  }

  private Outcome mark(String member, VolumeMarks marks) {
    return restoration.mark(cluster, List.of(new VolumeMark(member, volume(member).uid(), marks)));
  }

  private RestoreView found() {
    return restoration.find(cluster).value().flatMap(found -> found).orElseThrow();
  }

  private List<VolumeView> volumes() {
    return workload.observe(cluster).volumes().value().orElseThrow();
  }

  private VolumeView volume(String member) {
    return workload.observe(cluster).volume(member).orElseThrow();
  }

  private StatefulSetView set() {
    return workload.observe(cluster).statefulSet().value().flatMap(s -> s).orElseThrow();
  }
}
