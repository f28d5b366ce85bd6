package dev.requorum.operator.preserve;

import static org.assertj.core.api.Assertions.assertThat;

import dev.requorum.ports.ClusterRef;
import dev.requorum.ports.Fact;
import dev.requorum.ports.Outcome;
import dev.requorum.ports.PortFailure;
import dev.requorum.ports.Preservation;
import dev.requorum.ports.PreservationContract;
import dev.requorum.ports.etcd.MemberData;
import dev.requorum.ports.etcd.MemberEndpoint;
import dev.requorum.ports.record.PreservedCopy;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("Copies kept as files")
class FilePreservationTest extends PreservationContract {

  private static final ClusterRef CLUSTER = new ClusterRef("test", "demo");
  private static final MemberEndpoint MEMBER =
      new MemberEndpoint("demo-1", URI.create("http://10.0.0.1:2379"));
  private static final int CHUNKS = 6;
  private static final byte[] CHUNK = new byte[1 << 20];

  @TempDir private Path directory;
  private boolean breaksOff;

  /** A member whose data is six chunks. */
  private final class Chunks implements MemberData {

    @Override
    public long snapshot(MemberEndpoint member, OutputStream to, Duration limit) {
      try {
        for (int i = 0; i < CHUNKS; i++) {
          if (breaksOff && i == CHUNKS / 2) {
            throw new PortFailure("snapshot " + member.name(), "connection reset");
          }
          to.write(CHUNK);
        }
        return (long) CHUNKS * CHUNK.length;
      } catch (IOException e) {
        throw new PortFailure("snapshot " + member.name(), e);
      }
    }

    @Override
    public Fact<Optional<String>> read(MemberEndpoint member, String key, Duration limit) {
      return Fact.unknown("not asked for here");
    }
  }

  @Override
  protected Preservation preservation() {
    return preservation(0);
  }

  @Override
  protected MemberEndpoint member() {
    return MEMBER;
  }

  @Override
  protected void breakOff(boolean breaks) {
    breaksOff = breaks;
  }

  @Test
  @DisplayName("are checked by sha256sum, and lie where the location says")
  void checksum() throws IOException, InterruptedException {
    preservation().preserve(CLUSTER, "i-1", MEMBER);

    PreservedCopy copy = found("i-1").orElseThrow();
    Path file = Path.of(copy.location());
    assertThat(Files.size(file)).isEqualTo(copy.bytes());
    Process check =
        new ProcessBuilder("sha256sum", "--check", "--strict", file.getFileName() + ".sha256")
            .directory(file.getParent().toFile())
            .redirectErrorStream(true)
            .start();
    String said = new String(check.getInputStream().readAllBytes());
    assertThat(check.waitFor()).as(said).isZero();
  }

  @Test
  @DisplayName("can be read by the operator's own user only, and so can their directories")
  void permissions() throws IOException {
    preservation().preserve(CLUSTER, "i-1", MEMBER);

    try (Stream<Path> made = Files.walk(directory).filter(path -> !path.equals(directory))) {
      for (Path path : made.toList()) {
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path)))
            .as(path.toString())
            .isEqualTo(Files.isDirectory(path) ? "rwx------" : "rw-------");
      }
    }
    assertThat(files()).hasSize(2);
  }

  @Test
  @DisplayName("are refused with figures where the disk has too little room, and leave nothing")
  void noRoom() throws IOException {
    Outcome outcome = preservation(Long.MAX_VALUE).preserve(CLUSTER, "i-1", MEMBER);

    assertThat(outcome).isInstanceOf(Outcome.Refused.class);
    assertThat(((Outcome.Refused) outcome).why())
        .containsPattern("has only [0-9]+ bytes left; [0-9]+ have to stay free");
    assertThat(files()).isEmpty();
  }

  @Test
  @DisplayName("stop in time when the disk runs full on the way, and leave nothing")
  void fillsUp() throws IOException {
    long usable = Files.getFileStore(directory).getUsableSpace();
    RoomWatch watch = new RoomWatch(OutputStream.nullOutputStream(), directory, usable * 2);
    Optional<IOException> stopped = Optional.empty();
    for (int i = 0; i < CHUNKS && stopped.isEmpty(); i++) {
      stopped = write(watch);
    }

    assertThat(stopped).isPresent();
    assertThat(watch.refusal().orElseThrow())
        .containsPattern("has only [0-9]+ bytes left after [0-9]+ bytes of the copy were written");
  }

  @Test
  @DisplayName("that were truncated afterwards are not found, and are made anew")
  void truncated() throws IOException {
    preservation().preserve(CLUSTER, "i-1", MEMBER);
    Path file = Path.of(found("i-1").orElseThrow().location());
    Files.write(file, new byte[10]);

    assertThat(found("i-1")).isEmpty();
    assertThat(preservation().preserve(CLUSTER, "i-1", MEMBER).isDone()).isTrue();
    assertThat(found("i-1")).isPresent();
  }

  @Test
  @DisplayName("without their checksum are not found: the process died in between")
  void noSidecar() throws IOException {
    preservation().preserve(CLUSTER, "i-1", MEMBER);
    Files.delete(Path.of(found("i-1").orElseThrow().location() + ".sha256"));

    assertThat(found("i-1")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"../i-1", "/etc/passwd", "", ".", "a b"})
  @DisplayName("are never written outside their directory, whatever a record says")
  void traversal(String incident) throws IOException {
    assertThat(preservation().preserve(CLUSTER, incident, MEMBER))
        .isInstanceOf(Outcome.Refused.class);
    assertThat(preservation().find(CLUSTER, incident).isKnown()).isFalse();
    assertThat(files()).isEmpty();
  }

  private Preservation preservation(long reserveBytes) {
    return new FilePreservation(
        directory, new Chunks(), InstantSource.system(), Duration.ofSeconds(30), reserveBytes);
  }

  private Optional<PreservedCopy> found(String incident) {
    return preservation().find(CLUSTER, incident).value().orElseThrow();
  }

  private static Optional<IOException> write(OutputStream to) {
    try {
      to.write(CHUNK);
      return Optional.empty();
    } catch (IOException e) {
      return Optional.of(e);
    }
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> all = Files.walk(directory)) {
      return all.filter(Files::isRegularFile).toList();
    }
  }
}
