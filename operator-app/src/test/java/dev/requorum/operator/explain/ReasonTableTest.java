package dev.requorum.operator.explain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.requorum.operator.world.OperatorWorld;
import dev.requorum.ports.Reason;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@DisplayName("What explain says of a reason")
class ReasonTableTest {

  @ParameterizedTest
  @EnumSource
  @DisplayName("is the row of docs/operating.md, without its Markdown and complete by itself")
  void row(Reason reason) throws IOException {
    ReasonTable page =
        ReasonTable.of(Files.readAllLines(OperatorWorld.repository("docs/operating.md")));

    ReasonTable.Row row = ReasonTable.shipped().row(reason);

    assertThat(row).isEqualTo(page.row(reason));
    assertThat(List.of(row.meaning(), row.toDo().orElse("")))
        .allSatisfy(
            text ->
                assertThat(text)
                    .as("explain prints it where there is nothing above or below")
                    .doesNotContain("`", "*", "](", "see above", "see below"));
    assertThat(row.meaning()).isNotBlank();
  }

  @Test
  @DisplayName("is not made up where the page has no row")
  void none() {
    ReasonTable empty = ReasonTable.of(List.of("## Reasons"));

    assertThatThrownBy(() -> empty.row(Reason.FENCING)).hasMessageContaining("Fencing");
  }
}
