package dev.requorum.operator.config;

import dev.requorum.operator.spec.GoDuration;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Environment variables with types. A blank one counts as not set. */
final class Environment {

  private final Map<String, String> variables;

  Environment(Map<String, String> variables) {
    this.variables = Map.copyOf(variables);
  }

  Optional<String> text(String name) {
    return Optional.ofNullable(variables.get(name)).map(String::trim).filter(v -> !v.isEmpty());
  }

  Set<String> names(String name) {
    return text(name).stream()
        .flatMap(value -> Arrays.stream(value.split(",")))
        .map(String::trim)
        .filter(value -> !value.isEmpty())
        .collect(Collectors.toUnmodifiableSet());
  }

  int number(String name, int least, int most, int otherwise) {
    Optional<String> value = text(name);
    if (value.isEmpty()) {
      return otherwise;
    }
    boolean digits = value.get().matches("[0-9]{1,9}");
    int number = digits ? Integer.parseInt(value.get()) : -1;
    if (number < least || number > most) {
      throw new InvalidConfigException(
          "%s must be a number from %d to %d, not \"%s\""
              .formatted(name, least, most, value.get()));
    }
    return number;
  }

  Path path(String name, Path otherwise) {
    try {
      return text(name).map(Path::of).orElse(otherwise);
    } catch (InvalidPathException e) {
      throw new InvalidConfigException(
          "%s must be a path, which this is not: %s".formatted(name, e.getReason()));
    }
  }

  boolean flag(String name, boolean otherwise) {
    Optional<String> value = text(name);
    if (value.isPresent() && !value.get().matches("true|false")) {
      throw new InvalidConfigException(
          "%s must be true or false, not \"%s\"".formatted(name, value.get()));
    }
    return value.map(Boolean::parseBoolean).orElse(otherwise);
  }

  Duration duration(String name, Duration otherwise) {
    Optional<String> value = text(name);
    if (value.isEmpty()) {
      return otherwise;
    }
    return GoDuration.parse(value.get())
        .filter(duration -> !duration.isZero())
        .orElseThrow(
            () ->
                new InvalidConfigException(
                    "%s must be a duration of whole seconds, 1s or more, such as 15s or 1m30s,"
                            .formatted(name)
                        + " not \"%s\"".formatted(value.get())));
  }
}
