package dev.requorum.operator.image;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleFinder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.spi.ToolProvider;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The image's Java runtime")
class RuntimeModulesTest {

  private static final Path LIST = Path.of("..", "scripts", "image", "modules");

  /** Written by the build: what the operator runs with, without what its tests add. */
  private static final Path CLASS_PATH = Path.of("target", "runtime-classpath");

  /** In the image although no class refers to it. */
  private static final String BY_NAME_ONLY = "jdk.crypto.ec";

  @Test
  @DisplayName(
      "has each of the JDK's modules that the operator or a library refers to, but for those that"
          + " the list names as done without, and no other")
  void modules() throws IOException {
    Set<String> referredTo = new TreeSet<>();
    for (String entry : Files.readString(CLASS_PATH).strip().split(":")) {
      referredTo.addAll(modulesOf(Path.of(entry)));
    }
    referredTo.addAll(modulesOf(Path.of("target", "classes")));

    Set<String> listed = new TreeSet<>(listed("+"));
    listed.addAll(listed("-"));
    listed.remove(BY_NAME_ONLY);
    assertThat(listed).as(LIST.toString()).isEqualTo(referredTo);
  }

  private static Set<String> listed(String sign) throws IOException {
    try (Stream<String> lines = Files.lines(LIST)) {
      return lines
          .filter(line -> line.startsWith(sign))
          .map(line -> line.split("\\s+")[1])
          .collect(Collectors.toSet());
    }
  }

  /** By a library's own word where it calls itself a module, else by its classes. */
  private static Set<String> modulesOf(Path entry) {
    return ModuleFinder.of(entry).findAll().stream()
        .map(reference -> reference.descriptor())
        .filter(descriptor -> !descriptor.isAutomatic())
        .findFirst()
        .map(RuntimeModulesTest::required)
        .orElseGet(() -> referredToBy(entry));
  }

  private static Set<String> required(ModuleDescriptor module) {
    return module.requires().stream()
        .map(ModuleDescriptor.Requires::name)
        .filter(RuntimeModulesTest::isOfTheJdk)
        .collect(Collectors.toSet());
  }

  private static Set<String> referredToBy(Path entry) {
    StringWriter said = new StringWriter();
    PrintWriter out = new PrintWriter(said);
    ToolProvider jdeps = ToolProvider.findFirst("jdeps").orElseThrow();
    int status =
        jdeps.run(
            out, out, "-s", "--multi-release", "17", "--ignore-missing-deps", entry.toString());
    assertThat(status).as("jdeps %s: %s", entry, said).isZero();
    return said.toString()
        .lines()
        .map(line -> line.replaceFirst(".* -> ", ""))
        .filter(RuntimeModulesTest::isOfTheJdk)
        .collect(Collectors.toSet());
  }

  private static boolean isOfTheJdk(String module) {
    return module.startsWith("java.") || module.startsWith("jdk.");
  }
}
