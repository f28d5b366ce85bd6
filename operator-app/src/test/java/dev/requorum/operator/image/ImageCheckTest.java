package dev.requorum.operator.image;

import static org.assertj.core.api.Assertions.assertThat;

import dev.requorum.operator.world.OperatorWorld;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("The check of an image")
class ImageCheckTest {

  private static final String USER = "65532:65532";
  private static final long LIMIT_SECONDS = 60;

  @TempDir private Path work;

  @Test
  @DisplayName("lets an image through that runs as the user, has no shell and is small")
  void good() throws Exception {
    file("app/operator");
    assertThat(check(archive(USER, "abc.tar.gz", "-z")))
        .contains("requorum/x:1 (amd64)", "ended with 0");
    assertThat(check(archive(USER, "abc/layer.tar")))
        .contains("requorum/x:1 (amd64)", "ended with 0");
  }

  @Test
  @DisplayName("refuses a shell, also as a link, and in layers that are not compressed")
  void shell() throws Exception {
    file("bin/bash");
    assertThat(check(archive(USER, "abc.tar.gz", "-z")))
        .contains("ended with 1", "holds a shell", "bin/bash");

    Files.delete(work.resolve("root/bin/bash"));
    Files.createSymbolicLink(work.resolve("root/bin/sh"), Path.of("toolbox"));
    assertThat(check(archive(USER, "abc/layer.tar")))
        .contains("ended with 1", "holds a shell", "bin/sh");
  }

  @Test
  @DisplayName("refuses another user")
  void user() throws Exception {
    file("app/operator");
    assertThat(check(archive("0:0", "abc.tar.gz", "-z")))
        .contains("ended with 1", "runs as the user '0:0'");
  }

  @Test
  @DisplayName("refuses files that are larger than the limit")
  void size() throws Exception {
    file("app/operator");
    assertThat(check(archive(USER, "abc.tar.gz", "-z"), "0"))
        .contains("ended with 1", "more than 0 MB");
  }

  @Test
  @DisplayName("says it where a file is no docker-archive, or a layer is missing")
  void noImage() throws Exception {
    file("app/operator");
    Path archive = work.resolve("none.tar");
    run("tar", "-cf", archive.toString(), "-C", work.resolve("root").toString(), ".");
    assertThat(check(archive))
        .contains("ended with 1", "no docker-archive: it holds no manifest.json");

    Path lacking = archive(USER, "abc.tar.gz", "-z");
    run("tar", "--delete", "-f", lacking.toString(), "abc.tar.gz");
    assertThat(check(lacking)).contains("ended with 1", "it holds no abc.tar.gz");
  }

  private void file(String name) throws IOException {
    Path file = work.resolve("root").resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, "x");
  }

  /** An image of what was made below {@code root}, in one layer. */
  private Path archive(String user, String layer, String... options) throws Exception {
    Path image = work.resolve("image");
    Path packed = image.resolve(layer);
    Files.createDirectories(packed.getParent());
    List<String> pack = new ArrayList<>(List.of("tar", "-cf", packed.toString()));
    pack.addAll(List.of(options));
    pack.addAll(List.of("-C", work.resolve("root").toString(), "."));
    run(pack.toArray(String[]::new));
    Files.writeString(
        image.resolve("config.json"),
        "{\"architecture\":\"amd64\",\"config\":{\"User\":\"%s\"}}".formatted(user));
    Files.writeString(
        image.resolve("manifest.json"),
        """
        [{"Config":"config.json","RepoTags":["requorum/x:1"],"Layers":["%s"]}]
        """
            .formatted(layer));
    Path archive = work.resolve("image.tar");
    run(
        "tar",
        "-cf",
        archive.toString(),
        "-C",
        image.toString(),
        "manifest.json",
        "config.json",
        layer);
    return archive;
  }

  private String check(Path archive, String... limit) throws Exception {
    List<String> command =
        new ArrayList<>(
            List.of(
                OperatorWorld.repository("scripts/image/check").toString(), archive.toString()));
    command.addAll(List.of(limit));
    return run(command.toArray(String[]::new));
  }

  /** What a program printed; a line says so where it failed. */
  private String run(String... command) throws Exception {
    Path output = work.resolve("output");
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new IllegalStateException(String.join(" ", command) + " does not end");
    }
    return Files.readString(output) + "ended with " + process.exitValue();
  }
}
