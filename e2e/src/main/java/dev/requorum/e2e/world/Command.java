package dev.requorum.e2e.world;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Runs a short command to its end. */
final class Command {
  private Command() {}

  /**
   * Runs the command, with the text as its standard input, and returns what it printed on its
   * standard output.
   *
   * @throws WorldException when it can't be run, or ends with another status than 0; with what it
   *     printed on its standard error
   */
  static String run(String input, List<String> command) {
    try {
      Path errors = Files.createTempFile("command", ".err");
      try {
        return run(input, command, errors);
      } finally {
        Files.delete(errors);
      }
    } catch (IOException e) {
      throw new WorldException("can't run '%s'".formatted(String.join(" ", command)), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new WorldException("interrupted in '%s'".formatted(String.join(" ", command)), e);
    }
  }

  static String run(String... command) {
    return run("", List.of(command));
  }

  private static String run(String input, List<String> command, Path errors)
      throws IOException, InterruptedException {
    Process process = new ProcessBuilder(command).redirectError(errors.toFile()).start();
    try (OutputStream standardInput = process.getOutputStream()) {
      standardInput.write(input.getBytes(StandardCharsets.UTF_8));
    }
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    int status = process.waitFor();
    if (status != 0) {
      throw new WorldException(
          "'%s' ended with status %d: %s (given: %s)"
              .formatted(
                  String.join(" ", command),
                  status,
                  Files.readString(errors).strip(),
                  input.strip()));
    }
    return output;
  }
}
