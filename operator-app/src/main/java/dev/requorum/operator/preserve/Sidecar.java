package dev.requorum.operator.preserve;

import dev.requorum.ports.record.PreservedCopy;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The file beside a copy that tells that the copy is complete: {@code sha256sum}'s line, so that
 * {@code sha256sum -c} checks it, and a comment with size and time.
 */
record Sidecar(String sha256, long bytes, Instant madeAt) {

  private static final Pattern LINE = Pattern.compile("([0-9a-f]{64})  .+");
  private static final Pattern COMMENT = Pattern.compile("# bytes=([0-9]{1,18}) madeAt=(\\S+)");

  static Path besides(Path copy) {
    return copy.resolveSibling(copy.getFileName() + ".sha256");
  }

  String render(Path copy) {
    return "# bytes=%d madeAt=%s%n%s  %s%n".formatted(bytes, madeAt, sha256, copy.getFileName());
  }

  /** Empty where there is none, or what is there is none. */
  static Optional<Sidecar> read(Path copy) throws IOException {
    Path file = besides(copy);
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    List<String> lines = Files.readAllLines(file, StandardCharsets.UTF_8);
    if (lines.size() != 2) {
      return Optional.empty();
    }
    Matcher comment = COMMENT.matcher(lines.get(0));
    Matcher line = LINE.matcher(lines.get(1));
    if (!comment.matches() || !line.matches()) {
      return Optional.empty();
    }
    try {
      Instant madeAt = Instant.parse(comment.group(2));
      return Optional.of(new Sidecar(line.group(1), Long.parseLong(comment.group(1)), madeAt));
    } catch (DateTimeParseException e) {
      return Optional.empty();
    }
  }

  PreservedCopy of(Path copy) {
    return new PreservedCopy(copy.toString(), bytes, sha256, madeAt);
  }
}
