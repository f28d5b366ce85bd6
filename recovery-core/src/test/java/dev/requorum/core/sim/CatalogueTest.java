package dev.requorum.core.sim;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The catalogue of planted bugs")
class CatalogueTest {

  private static final Path ROOT = Path.of("..");

  @Test
  @DisplayName("has twenty mistakes at least, each of another name and at its place in the product")
  void placed() {
    assertThat(Catalogue.bugs())
        .hasSizeGreaterThanOrEqualTo(20)
        .allSatisfy(bug -> assertThat(Mutation.sources(ROOT, bug)).isNotEmpty())
        .extracting(PlantedBug::name)
        .doesNotHaveDuplicates();
  }
}
