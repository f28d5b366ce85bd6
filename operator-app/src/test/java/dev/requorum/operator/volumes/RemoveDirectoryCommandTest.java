package dev.requorum.operator.volumes;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("The command remove-directory")
class RemoveDirectoryCommandTest {

  private static final String OLD = "20261125-034918-0-1";
  private static final String NEW = "20261126-034918-1-1";

  @TempDir private Path volume;
  private Path mount;
  private final ByteArrayOutputStream said = new ByteArrayOutputStream();

  @BeforeEach
  void data() throws IOException {
    mount = Files.createDirectory(volume.resolve("mount"));
    database("member");
    database(OLD + "/member");
    database(NEW + "/member");
    Files.writeString(mount.resolve("notes.txt"), "somebody's");
  }

  @Test
  @DisplayName("removes a former directory with all that is in it, and nothing else")
  void former() {
    assertThat(run(OLD, NEW)).isEqualTo(RemoveDirectoryCommand.REMOVED);

    assertThat(mount.resolve(OLD)).doesNotExist();
    assertThat(mount.resolve(NEW + "/member/snap/db")).exists();
    assertThat(mount.resolve("member/snap/db")).exists();
  }

  @Test
  @DisplayName("removes of the mount's own top what is etcd's, and nothing else")
  void top() {
    assertThat(run(".", NEW)).isEqualTo(RemoveDirectoryCommand.REMOVED);

    assertThat(mount.resolve("member")).doesNotExist();
    assertThat(mount.resolve(NEW + "/member/snap/db")).exists();
    assertThat(mount.resolve(OLD + "/member/snap/db")).exists();
    assertThat(mount.resolve("notes.txt")).exists();
  }

  @ParameterizedTest(name = "{0} while {1} is in use")
  @CsvSource({
    "20261126-034918-1-1, 20261126-034918-1-1",
    "., .",
    "member, .",
  })
  @DisplayName("never removes the data in use, nor what holds it")
  void inUse(String directory, String inUse) {
    assertThat(run(directory, inUse)).isEqualTo(RemoveDirectoryCommand.REFUSED);

    assertThat(said()).contains("is in use; nothing is removed");
    assertThat(mount.resolve("member/snap/db")).exists();
    assertThat(mount.resolve(NEW + "/member/snap/db")).exists();
  }

  /** None of them leads out of the test's own directory, should the command take one. */
  @ParameterizedTest
  @ValueSource(strings = {"..", "../beside", "{volume}/beside", "a/b", "", " ", "notes.txt", "A"})
  @DisplayName("refuses whatever is no directory's name beneath the mount")
  void noName(String word) throws IOException {
    Path beside = Files.createDirectory(volume.resolve("beside"));
    String directory = word.replace("{volume}", volume.toString());

    assertThat(run(directory, NEW)).isEqualTo(RemoveDirectoryCommand.REFUSED);
    assertThat(run(OLD, directory)).isEqualTo(RemoveDirectoryCommand.REFUSED);

    assertThat(beside).exists();
    assertThat(mount.resolve(OLD + "/member/snap/db")).exists();
    assertThat(mount.resolve("notes.txt")).exists();
  }

  @Test
  @DisplayName("refuses a file and a link, and follows no link in what it removes")
  void links() throws IOException {
    Path elsewhere = Files.createDirectory(volume.resolve("elsewhere"));
    Files.writeString(elsewhere.resolve("precious"), "1");
    Files.writeString(mount.resolve("file"), "1");
    Files.createSymbolicLink(mount.resolve("link"), elsewhere);
    Files.createSymbolicLink(mount.resolve(OLD + "/link"), elsewhere);

    assertThat(run("file", NEW)).isEqualTo(RemoveDirectoryCommand.REFUSED);
    assertThat(run("link", NEW)).isEqualTo(RemoveDirectoryCommand.REFUSED);
    assertThat(said()).contains("is no directory; nothing is removed");
    assertThat(run(OLD, NEW)).isEqualTo(RemoveDirectoryCommand.REMOVED);

    assertThat(elsewhere.resolve("precious")).exists();
    assertThat(mount.resolve(OLD)).doesNotExist();
  }

  @Test
  @DisplayName("is done where the directory is gone, so that a Job that is run twice succeeds")
  void again() {
    assertThat(run(OLD, NEW)).isEqualTo(RemoveDirectoryCommand.REMOVED);
    assertThat(run(OLD, NEW)).isEqualTo(RemoveDirectoryCommand.REMOVED);
    assertThat(said()).contains("is not there");
  }

  @Test
  @DisplayName("refuses a mount that is not there, rather than call everything removed")
  void noMount() {
    assertThat(command().run(List.of(volume.resolve("none").toString(), OLD, NEW)))
        .isEqualTo(RemoveDirectoryCommand.REFUSED);
  }

  @Test
  @DisplayName("says how it is called where it is called otherwise")
  void misused() {
    assertThat(command().run(List.of(mount.toString(), OLD)))
        .isEqualTo(RemoveDirectoryCommand.REFUSED);
    assertThat(said()).startsWith("usage: remove-directory MOUNT DIRECTORY IN_USE");
  }

  private void database(String directory) throws IOException {
    Path snap = Files.createDirectories(mount.resolve(directory).resolve("snap"));
    Files.writeString(snap.resolve("db"), "data");
  }

  private int run(String directory, String inUse) {
    return command().run(List.of(mount.toString(), directory, inUse));
  }

  private RemoveDirectoryCommand command() {
    PrintStream stream = new PrintStream(said, true, StandardCharsets.UTF_8);
    return new RemoveDirectoryCommand(stream, stream);
  }

  private String said() {
    return said.toString(StandardCharsets.UTF_8);
  }
}
