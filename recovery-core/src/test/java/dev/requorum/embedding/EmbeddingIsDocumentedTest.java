package dev.requorum.embedding;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class EmbeddingIsDocumentedTest {

  private static final Path EXAMPLE =
      Path.of("src/test/java/dev/requorum/embedding/EmbeddingExampleTest.java");
  private static final Path PAGE = Path.of("../docs/embedding.md");

  @Test
  @DisplayName("docs/embedding.md shows the very code that is compiled and run")
  void pageShowsExample() throws IOException {
    String code =
        between(Files.readString(EXAMPLE), "  // example: begin\n", "\n  // example: end")
            .stripTrailing()
            .stripIndent();

    assertThat(between(Files.readString(PAGE), "```java\n", "\n```"))
        .as("the Java block of docs/embedding.md")
        .isEqualTo(code);
  }

  @Test
  @DisplayName("The example is complete in under 150 lines")
  void exampleIsShort() throws IOException {
    assertThat(Files.readAllLines(EXAMPLE)).hasSizeLessThan(150);
  }

  private static String between(String text, String begin, String end) {
    assertThat(text).containsSubsequence(begin, end);
    int from = text.indexOf(begin) + begin.length();
    return text.substring(from, text.indexOf(end, from));
  }
}
