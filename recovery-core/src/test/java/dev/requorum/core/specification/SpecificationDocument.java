package dev.requorum.core.specification;

import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import net.jqwik.api.Label;
import net.jqwik.api.Tag;

/** Writes down what the properties say, from their names and the requirements that they prove. */
final class SpecificationDocument {

  static final String COMMAND =
      "./mvnw -q -pl recovery-core -am test -Dtest=SpecificationTest"
          + " -Dsurefire.failIfNoSpecifiedTests=false -Drequorum.spec.write=true";

  private static final String HEAD =
      """
      # Specification

      What the recovery core does, as its property tests state it. Each line is the name of a property that
      is checked on every build, after the requirements that it proves. Generated; do not edit. To write it
      anew:

          %s
      """
          .formatted(COMMAND);

  /** One chapter: a class of properties. */
  private record Chapter(String title, List<Line> lines) {}

  private record Line(String requirements, String claim) {}

  private SpecificationDocument() {}

  static String of(List<Class<?>> properties) {
    return HEAD
        + properties.stream()
            .map(SpecificationDocument::chapter)
            .sorted(
                Comparator.comparing((Chapter c) -> c.lines.get(0).requirements)
                    .thenComparing(Chapter::title))
            .map(SpecificationDocument::inMarkdown)
            .collect(Collectors.joining());
  }

  private static Chapter chapter(Class<?> properties) {
    List<Line> lines =
        Arrays.stream(properties.getDeclaredMethods())
            .filter(method -> method.isAnnotationPresent(Label.class))
            .map(SpecificationDocument::line)
            .sorted(Comparator.comparing(Line::requirements).thenComparing(Line::claim))
            .toList();
    return new Chapter(properties.getAnnotation(Label.class).value(), lines);
  }

  private static Line line(Method property) {
    String requirements =
        Arrays.stream(property.getAnnotationsByType(Tag.class))
            .map(Tag::value)
            .sorted()
            .collect(Collectors.joining(", "));
    return new Line(requirements, property.getAnnotation(Label.class).value());
  }

  private static String inMarkdown(Chapter chapter) {
    return "\n## "
        + chapter.title
        + "\n\n"
        + chapter.lines.stream()
            .map(line -> "- (%s) %s.\n".formatted(line.requirements, line.claim))
            .collect(Collectors.joining());
  }
}
