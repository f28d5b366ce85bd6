package dev.requorum.core.specification;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** The compiled tests of this module, and the requirements that they name. */
final class TestClasses {

  private TestClasses() {}

  /** Those whose name ends so, by name. */
  static List<Class<?>> ending(String suffix) {
    try {
      Path root =
          Path.of(TestClasses.class.getProtectionDomain().getCodeSource().getLocation().toURI());
      try (Stream<Path> files = Files.walk(root)) {
        List<Class<?>> classes = new ArrayList<>();
        for (Path file :
            files.filter(f -> f.toString().endsWith(suffix + ".class")).sorted().toList()) {
          String name =
              root.relativize(file).toString().replace(file.getFileSystem().getSeparator(), ".");
          classes.add(Class.forName(name.substring(0, name.length() - ".class".length())));
        }
        return classes;
      }
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    } catch (URISyntaxException | ClassNotFoundException impossible) {
      throw new IllegalStateException("the tests' own classes cannot be found", impossible);
    }
  }

  /** The tags of a test class and its methods, jqwik's and JUnit's. */
  static Set<String> tags(Class<?> test) {
    Set<String> tags = new TreeSet<>();
    List<java.lang.reflect.AnnotatedElement> all = new ArrayList<>(List.of(test));
    all.addAll(List.of(test.getDeclaredMethods()));
    for (java.lang.reflect.AnnotatedElement element : all) {
      for (var tag : element.getAnnotationsByType(net.jqwik.api.Tag.class)) {
        tags.add(tag.value());
      }
      for (var tag : element.getAnnotationsByType(org.junit.jupiter.api.Tag.class)) {
        tags.add(tag.value());
      }
    }
    return tags;
  }
}
