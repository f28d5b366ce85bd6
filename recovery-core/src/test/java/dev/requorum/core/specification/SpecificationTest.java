package dev.requorum.core.specification;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import net.jqwik.api.Example;
import net.jqwik.api.Label;
import net.jqwik.api.Property;
import net.jqwik.api.Tag;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The specification is what the properties say")
class SpecificationTest {

  /** What the core carries; events that land, logs, whole clusters and the operator are others'. */
  private static final List<String> REQUIREMENTS_OF_THE_CORE =
      List.of(
          "S01", "S02", "S03", "S04", "S05", "S06", "S07", "S08", "S09", "S11", "S12", "S13", "S14",
          "S15", "S16", "S17", "S18", "S19", "S20", "S21", "S22", "S26", "O03");

  private static final Path FILE =
      Path.of(System.getProperty("basedir", ".")).resolve("../docs/specification.md").normalize();

  @Test
  @DisplayName("docs/specification.md is up to date")
  void upToDate() throws IOException {
    String document = SpecificationDocument.of(TestClasses.ending("Properties"));
    if (Boolean.getBoolean("requorum.spec.write")) {
      Files.createDirectories(FILE.getParent());
      Files.writeString(FILE, document);
    }
    assertThat(Files.exists(FILE) ? Files.readString(FILE) : "")
        .as(
            "docs/specification.md does not say what the properties say; write it anew with%n  %s",
            SpecificationDocument.COMMAND)
        .isEqualTo(document);
  }

  @Test
  @DisplayName("every property is named in a sentence and names the requirement that it proves")
  void allNamed() {
    for (Class<?> properties : TestClasses.ending("Properties")) {
      assertThat(properties).hasAnnotation(Label.class);
      Arrays.stream(properties.getDeclaredMethods())
          .filter(
              method ->
                  method.isAnnotationPresent(Property.class)
                      || method.isAnnotationPresent(Example.class))
          .forEach(
              method -> {
                assertThat(Optional.ofNullable(method.getAnnotation(Label.class)))
                    .as("label of %s", method)
                    .isPresent();
                assertThat(method.getAnnotationsByType(Tag.class))
                    .as("tags of %s", method)
                    .isNotEmpty();
              });
    }
  }

  @Test
  @DisplayName("every requirement that the core carries is named by a test")
  void allProven() {
    Set<String> named = new TreeSet<>();
    TestClasses.ending("Properties").forEach(test -> named.addAll(TestClasses.tags(test)));
    TestClasses.ending("Test").forEach(test -> named.addAll(TestClasses.tags(test)));
    assertThat(named).containsAll(REQUIREMENTS_OF_THE_CORE);
  }
}
