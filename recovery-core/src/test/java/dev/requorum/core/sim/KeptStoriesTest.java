package dev.requorum.core.sim;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Stories that went wrong once, shortened and kept: what a seed means changes, these do not. */
@DisplayName("The simulator keeps")
class KeptStoriesTest {

  @TestFactory
  @DisplayName("each story that once went wrong, and it goes well now")
  Stream<DynamicTest> stories() throws IOException, URISyntaxException {
    Path folder =
        Path.of(Objects.requireNonNull(KeptStoriesTest.class.getResource("stories")).toURI());
    try (Stream<Path> files = Files.list(folder)) {
      List<Path> sorted = files.sorted().toList();
      return sorted.stream()
          .map(file -> DynamicTest.dynamicTest(name(file), () -> mustGoWell(file)));
    }
  }

  private static String name(Path file) {
    return file.getFileName().toString().replace(".story", "").replace('-', ' ');
  }

  private static void mustGoWell(Path file) throws IOException {
    Story story = StoryFile.read(Files.readAllLines(file));
    assertThat(Simulation.play(story, false).violations())
        .as(() -> String.join("\n", Simulation.play(story, true).told()))
        .isEmpty();
  }

  @Test
  @DisplayName("a story in a file as it was told")
  void writtenAndRead() {
    LongStream.rangeClosed(1, 50)
        .mapToObj(Storyteller::tell)
        .forEach(story -> assertThat(StoryFile.read(StoryFile.write(story))).isEqualTo(story));
  }
}
