package dev.requorum.operator.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is said twice, or only when the image runs, is right. The image itself is run by e2e. */
@DisplayName("The image's definition")
class ImageDefinitionTest {

  private static final Path DOCKERFILE = Path.of("..", "Dockerfile");
  private static final Path JIB = Path.of("pom.xml");
  private static final Path OPTIONS = Path.of("src", "main", "image", "jvm.options");
  private static final Path DEPLOYMENT = Path.of("..", "deploy", "install.yaml");

  private static final long LIMIT_SECONDS = 120;

  /** What a JVM with this heap takes besides: docs/decisions/0008-image.md. */
  private static final int BESIDES_THE_HEAP_MIB = 160;

  @Test
  @DisplayName("names the same entry point in the Dockerfile and for jib, and it is there")
  void entryPoint() throws IOException {
    List<String> ofDocker =
        all("\"([^\"]+)\"", only("(?m)^ENTRYPOINT (.*)$", Files.readString(DOCKERFILE)));
    List<String> ofJib =
        all("<arg>(.*?)</arg>", only("(?s)<entrypoint>(.*)</entrypoint>", Files.readString(JIB)));

    assertThat(ofDocker).isEqualTo(ofJib);
    assertThatCode(() -> Class.forName(ofJib.get(2)).getMethod("main", String[].class))
        .doesNotThrowAnyException();
  }

  @Test
  @DisplayName("names the same user in the Dockerfile, for jib and in the Deployment")
  void user() throws IOException {
    String user = only("(?m)^USER (.*)$", Files.readString(DOCKERFILE));
    String deployment = Files.readString(DEPLOYMENT);

    assertThat(user)
        .isEqualTo(only("<user>(.*)</user>", Files.readString(JIB)))
        .isEqualTo(
            only("runAsUser: (\\d+)", deployment) + ":" + only("runAsGroup: (\\d+)", deployment));
  }

  @Test
  @DisplayName("has options that Java takes without a word")
  void options(@TempDir Path work) throws Exception {
    Path warnings = work.resolve("warnings");
    Process java =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "@" + OPTIONS,
                "--version")
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(warnings.toFile())
            .start();
    try {
      assertThat(java.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS))
          .as("java --version ends within %d s", LIMIT_SECONDS)
          .isTrue();
    } finally {
      java.destroyForcibly();
    }

    assertThat(java.exitValue()).as(Files.readString(warnings)).isZero();
    assertThat(warnings).isEmptyFile();
  }

  @Test
  @DisplayName("leaves room in the Deployment's memory limit for what Java takes besides the heap")
  void memory() throws IOException {
    int heap = Integer.parseInt(only("(?m)^-Xmx(\\d+)m$", Files.readString(OPTIONS)));
    int limit =
        Integer.parseInt(only("(?s)limits:\\s+memory: (\\d+)Mi", Files.readString(DEPLOYMENT)));

    assertThat(limit).isGreaterThanOrEqualTo(heap + BESIDES_THE_HEAP_MIB);
  }

  private static String only(String regex, String text) {
    List<String> found = all(regex, text);
    assertThat(found).as(regex).hasSize(1);
    return found.get(0);
  }

  private static List<String> all(String regex, String text) {
    return Pattern.compile(regex)
        .matcher(text)
        .results()
        .map((MatchResult match) -> match.group(1).strip())
        .toList();
  }
}
