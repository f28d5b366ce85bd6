package dev.requorum.e2e.world;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("Variables in a container's command, args and env")
class ContainerEnvironmentTest {
  @ParameterizedTest(name = "{0} becomes {1}")
  @CsvSource({
    "plain,plain",
    "--name=$(NAME),--name=etcd-0",
    "$(NAME).$(SPACE),etcd-0.lab",
    "$(UNKNOWN),$(UNKNOWN)",
    "$$(NAME),$(NAME)",
    "$NAME,$NAME",
    "$(NAME,$(NAME",
    "$$$$,$$"
  })
  @DisplayName("are expanded as Kubernetes does it")
  void expand(String text, String expanded) {
    assertThat(ContainerEnvironment.expand(text, Map.of("NAME", "etcd-0", "SPACE", "lab")))
        .isEqualTo(expanded);
  }
}
