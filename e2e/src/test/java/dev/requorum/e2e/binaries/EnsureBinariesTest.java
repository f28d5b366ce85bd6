package dev.requorum.e2e.binaries;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** e2e/binaries/ensure.sh on machines that lack one thing or another; curl and go are scripts. */
class EnsureBinariesTest {

  private static final String WANTED = "kube-apiserver";
  private static final String VERSION = "1.34.4";
  private static final List<String> TOOLS =
      List.of(
          ("awk bash cat chmod dirname flock grep head ln mkdir mktemp mv readlink rm sed sha256sum sleep"
                  + " sort tail tar tr uname")
              .split(" "));

  @TempDir Path machine;
  private Path cached;

  @BeforeEach
  void equip() throws IOException {
    Files.createDirectories(machine.resolve("path"));
    Files.createDirectories(machine.resolve("given"));
    cached = machine.resolve("cache/bin/" + WANTED + "-" + VERSION);
    for (String tool : TOOLS) {
      script("path/" + tool, "exec " + onThePath(tool) + " \"$@\"");
    }
  }

  @Test
  @DisplayName("A given binary of the pinned version is used, under the name that tests look for")
  void givenIsUsed() throws Exception {
    script("given/" + WANTED, "echo Kubernetes v" + VERSION);

    Run run = ensure();

    assertThat(run.status).as(run.said).isZero();
    assertThat(run.printed.strip()).isEqualTo(cached.getParent().toString());
    assertThat(cached).isExecutable();
  }

  @Test
  @DisplayName("A given binary of another version is refused aloud, however similar the version")
  void otherVersionIsRefused() throws Exception {
    script("given/" + WANTED, "echo Kubernetes v" + VERSION + "1");

    Run run = ensure();

    assertThat(run.status).isEqualTo(1);
    assertThat(run.said).contains("given/kube-apiserver is not kube-apiserver " + VERSION);
    assertThat(cached).doesNotExist();
  }

  @Test
  @DisplayName("Without release and without Go, it says what to install or to bring")
  void saysWhatToInstall() throws Exception {
    Run run = ensure();

    assertThat(run.status).isEqualTo(1);
    assertThat(run.said)
        .contains("curl is missing", "Install Go 1.26 or newer", "name that in REQUORUM_BIN");
  }

  @Test
  @DisplayName("A Go that is too old and may not fetch a newer toolchain is named with its version")
  void oldGoIsNamed() throws Exception {
    script("path/go", "case \"$2\" in GOVERSION) echo go1.22.5 ;; GOTOOLCHAIN) echo local ;; esac");

    Run run = ensure();

    assertThat(run.status).isEqualTo(1);
    assertThat(run.said).contains("Go 1.22.5 is too old", "Install Go 1.26 or newer");
  }

  @Test
  @DisplayName("A release with the published checksum is taken")
  void releaseIsTaken() throws Exception {
    curlServes("the binary", sha256("the binary"));

    Run run = ensure();

    assertThat(run.status).as(run.said).isZero();
    assertThat(cached).isExecutable().hasContent("the binary");
  }

  @Test
  @DisplayName("A release with another checksum is thrown away, aloud")
  void damagedReleaseIsThrownAway() throws Exception {
    curlServes("the binary", sha256("another binary"));

    Run run = ensure();

    assertThat(run.status).isEqualTo(1);
    assertThat(run.said).contains("checksum", "thrown away");
    assertThat(cached).doesNotExist();
  }

  @Test
  @DisplayName("A host that cannot be reached is asked once, not once for each binary")
  void unreachableHostIsAskedOnce() throws Exception {
    script(
        "path/curl",
        "echo asked >>" + machine + "/asked; echo 'curl: (6) no such host' >&2; exit 6");
    script(
        "path/go",
        "case \"$*\" in 'env GOVERSION') echo go1.26.0 ;; build*-o*) while [ \"$1\" != -o ]; do shift; done;"
            + " echo built >\"$2\" ;; 'mod download'*) echo '\"Dir\": \""
            + machine
            + "\"' ;; esac");
    Files.writeString(machine.resolve("go.mod"), "\tk8s.io/api v0.0.0\n");

    Run run = ensure(WANTED, "kube-controller-manager");

    assertThat(run.status).as(run.said).isZero();
    assertThat(run.said).contains("no official release from dl.k8s.io: curl: (6) no such host");
    assertThat(Files.readAllLines(machine.resolve("asked"))).hasSize(1);
    assertThat(cached).hasContent("built");
  }

  private record Run(int status, String printed, String said) {}

  private Run ensure() throws Exception {
    return ensure(WANTED);
  }

  private Run ensure(String... names) throws Exception {
    ProcessBuilder builder = new ProcessBuilder(onThePath("bash").toString(), "binaries/ensure.sh");
    builder.command().addAll(List.of(names));
    builder.environment().clear();
    builder.environment().put("PATH", machine.resolve("path").toString());
    builder.environment().put("REQUORUM_BIN", machine.resolve("given").toString());
    builder.environment().put("REQUORUM_CACHE", machine.resolve("cache").toString());
    File printed = machine.resolve("printed").toFile();
    File said = machine.resolve("said").toFile();
    Process process = builder.redirectOutput(printed).redirectError(said).start();
    if (!process.waitFor(60, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new AssertionError("not over after 60 s: " + Files.readString(said.toPath()));
    }
    return new Run(
        process.exitValue(), Files.readString(printed.toPath()), Files.readString(said.toPath()));
  }

  /** A curl that has these two for the file and for its checksum. */
  private void curlServes(String content, String checksum) throws IOException {
    script(
        "path/curl",
        "for url; do :; done; while [ \"$1\" != -o ]; do shift; done; case \"$url\" in *.sha256) printf '%s' '"
            + checksum
            + "' ;; *) printf '%s' '"
            + content
            + "' ;; esac >\"$2\"");
  }

  private void script(String path, String body) throws IOException {
    Path file = machine.resolve(path);
    Files.writeString(file, "#!" + onThePath("bash") + "\n" + body + "\n");
    assertThat(file.toFile().setExecutable(true)).isTrue();
  }

  private static Path onThePath(String tool) {
    return Arrays.stream(System.getenv("PATH").split(":"))
        .map(directory -> Path.of(directory, tool))
        .filter(Files::isExecutable)
        .findFirst()
        .orElseThrow(() -> new AssertionError("this test needs " + tool));
  }

  private static String sha256(String content) throws NoSuchAlgorithmException {
    byte[] bytes = content.getBytes(StandardCharsets.UTF_8);
    return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
  }
}
