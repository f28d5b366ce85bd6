package dev.requorum.e2e.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.requorum.e2e.world.Await;
import io.fabric8.kubernetes.api.model.Condition;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

@DisplayName("A survivor whose volume has no room for a copy of its database")
class NoRoomTest {

  @RegisterExtension static final Stage STAGE = Stage.named("no-room");

  private static final int SURVIVOR = 0;
  private static final int SIZE_MEBIBYTES = 320;
  private static final int DATABASE_MEBIBYTES = 24;
  private static final long LEFT_BYTES = 8L << 20;

  @Test
  @DisplayName(
      "is left as it is, and what is missing is said with the figures; once there is room it is restored (S23)")
  @Tag("S23")
  void isBlockedUntilThereIsRoom() throws IOException {
    TestCluster cluster = STAGE.cluster("full");
    cluster.startWith(
        ManifestText.onLocalVolumes(Stage.manifest("full", 3, Stage.VERSION), SIZE_MEBIBYTES), 3);
    Map<String, String> keys = Stage.writeSixKeys(cluster, SURVIVOR);
    new Ballast(STAGE, cluster).write(SURVIVOR, DATABASE_MEBIBYTES);
    String claim = cluster.claimUid(SURVIVOR);
    RestoreCheck check = RestoreCheck.before(cluster, 3, SURVIVOR, List.of(SURVIVOR));
    Path volume = STAGE.world().volumeDirectory(STAGE.namespace(), cluster.claim(SURVIVOR));
    Path filler = fill(volume);
    try (HeldDown held = HeldDown.of(cluster, List.of(1, 2))) {
      held.awaitRebuilding(Stage.LIMIT);
    }

    STAGE.awaitCondition(cluster, "RecoveryBlocked", "True");
    Condition blocked = cluster.conditionObject("RecoveryBlocked").orElseThrow();
    assertThat(blocked.getReason()).isEqualTo("RestoreFailed");
    long database = cluster.recovery().plan.databaseBytes;
    assertThat(database).isGreaterThan((long) DATABASE_MEBIBYTES << 20);
    assertThat(blocked.getMessage())
        .contains(
            "no space left on device",
            "the copy takes %d bytes or more".formatted(database),
            "claim %s has %d bytes in all"
                .formatted(cluster.claim(SURVIVOR), (long) SIZE_MEBIBYTES << 20),
            "Nothing is lost by that",
            "delete pod full-restore");
    assertThat(cluster.attempts()).isEqualTo(1);
    Map<String, String> original = checksums(volume.resolve(cluster.pod(SURVIVOR)));

    Files.delete(filler);
    cluster.client().pods().inNamespace(STAGE.namespace()).withName("full-restore").delete();
    Await.until(
        "it goes on",
        Stage.LIMIT,
        () -> cluster.phase().equals("Completed") && cluster.isHealthy(3),
        cluster::describe);
    RecoveryAssertions.assertRecovered(cluster, SURVIVOR, 3, keys, claim);
    RecoveryAssertions.assertRestored(check);
    assertThat(cluster.attempts()).isEqualTo(1);
    assertThat(cluster.condition("RecoveryBlocked")).isEqualTo("False");
    assertThat(checksums(volume.resolve(cluster.pod(SURVIVOR)))).isEqualTo(original);
  }

  /** Leaves less room than the database takes, which is needed beside the write-ahead log's. */
  private static Path fill(Path volume) throws IOException {
    FileStore store = Files.getFileStore(volume);
    assertThat(store.getTotalSpace()).isEqualTo((long) SIZE_MEBIBYTES << 20);
    Path filler = volume.resolve("filler");
    byte[] zeros = new byte[1 << 20];
    try (OutputStream out = Files.newOutputStream(filler)) {
      while (store.getUsableSpace() > LEFT_BYTES) {
        out.write(zeros);
      }
    }
    return filler;
  }

  /** Of the files in the original data directory. */
  private static Map<String, String> checksums(Path directory) throws IOException {
    Map<String, String> sums = new TreeMap<>();
    try (Stream<Path> files = Files.walk(directory.resolve("member"))) {
      files
          .filter(Files::isRegularFile)
          .forEach(file -> sums.put(directory.relativize(file).toString(), checksum(file)));
    }
    return sums;
  }

  private static String checksum(Path file) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file));
      return HexFormat.of().formatHex(digest);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
