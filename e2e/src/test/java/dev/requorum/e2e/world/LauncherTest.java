package dev.requorum.e2e.world;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("The launcher of a world")
class LauncherTest {
  private static final Duration LIMIT = Duration.ofSeconds(20);
  private static final String LAUNCHER = Layout.scripts().resolve("bin/java").toString();

  @ParameterizedTest(name = "killed with SIG{0}")
  @ValueSource(strings = {"KILL", "TERM"})
  @DisplayName("takes every process of its world with it, and leaves no file behind, when it is")
  void leavesNothing(String signal) throws IOException {
    String mark = "mark-of-nested-world-" + signal;
    Process launcher =
        new ProcessBuilder(
                LAUNCHER,
                "-Xmx32m",
                "-cp",
                System.getProperty(
                    "surefire.test.class.path", System.getProperty("java.class.path")),
                NestedWorld.class.getName(),
                mark)
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    awaitLine(launcher, "at home");
    Await.until("its process runs", LIMIT, () -> processes(mark) > 1, () -> processes(mark));

    Command.run("sh", "-c", "kill -%s %d".formatted(signal, launcher.pid()));

    Await.until(
        "all of its processes end", LIMIT, () -> processes(mark) == 0, () -> processes(mark));
    // Its /run was its own: this world's has none of it.
    assertThat(Path.of("/run/netns/here")).doesNotExist();
    assertThat(Layout.LOGS.resolve("marked.log")).doesNotExist();
  }

  @Test
  @DisplayName("hands on standard input, arguments and exit status")
  void isTransparent() throws IOException, InterruptedException {
    Process launcher = new ProcessBuilder(LAUNCHER, "--version").redirectErrorStream(true).start();
    String said = new String(launcher.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(launcher.waitFor()).as(said).isZero();
    assertThat(said).contains(System.getProperty("java.version"));

    Process failing = new ProcessBuilder(LAUNCHER, "NoSuchClass").start();
    failing.getErrorStream().readAllBytes();
    assertThat(failing.waitFor()).isEqualTo(1);
  }

  @Test
  @DisplayName("says what is missing, and what to set, where a world can't be made")
  void saysWhatIsMissing() throws IOException, InterruptedException {
    ProcessBuilder builder = new ProcessBuilder("/bin/sh", LAUNCHER, "--version");
    builder.environment().put("REQUORUM_JAVA_HOME", "/nowhere");
    Process launcher = builder.redirectErrorStream(true).start();
    String said = new String(launcher.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

    assertThat(launcher.waitFor()).isEqualTo(69);
    assertThat(said).contains("set JAVA_HOME to a JDK", "can't run here");
  }

  @Test
  @DisplayName("says how to allow namespaces where they are not allowed")
  void saysThatNamespacesAreNotAllowed() throws IOException, InterruptedException {
    Process launcher =
        new ProcessBuilder(
                "unshare",
                "-Ur",
                "sh",
                "-c",
                "echo 0 >/proc/sys/user/max_user_namespaces && exec \"$0\" --version",
                LAUNCHER)
            .redirectErrorStream(true)
            .start();
    String said = new String(launcher.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

    assertThat(launcher.waitFor()).as(said).isEqualTo(69);
    assertThat(said)
        .contains(
            "may not make user namespaces",
            "sysctl -w user.max_user_namespaces=",
            "--security-opt seccomp=unconfined");
  }

  private static void awaitLine(Process process, String line) throws IOException {
    BufferedReader reader =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    assertThat(reader.readLine()).isEqualTo(line);
  }

  /**
   * How many processes of this world, and of those nested in it, have the mark among their
   * arguments.
   */
  private static long processes(String mark) {
    try (Stream<Path> entries = Files.list(Path.of("/proc"))) {
      return entries.filter(entry -> commandLine(entry).contains(mark)).count();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<String> commandLine(Path process) {
    try {
      return List.of(Files.readString(process.resolve("cmdline")).split("\0"));
    } catch (IOException e) {
      // No process, or one that has just ended.
      return List.of();
    }
  }
}
