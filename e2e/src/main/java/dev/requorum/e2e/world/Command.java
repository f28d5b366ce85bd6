package dev.requorum.e2e.world;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Runs a short command to its end. */
final class Command {
  private Command() {}

  /**
   * Runs the command, with the text as its standard input, and returns what it printed on its
   * standard output.
   *
   * @throws WorldException when it can't be run, or ends with another status than 0
   */
  static String run(String input, List<String> command) {
    try {
      Process process = new ProcessBuilder(command).start();
      try (OutputStream standardInput = process.getOutputStream()) {
        standardInput.write(input.getBytes(StandardCharsets.UTF_8));
      }
      CompletableFuture<String> errors =
          CompletableFuture.supplyAsync(() -> text(process.getErrorStream()));
      String output = text(process.getInputStream());
      int status = process.waitFor();
      if (status != 0) {
        throw new WorldException(
            "'%s' ended with status %d: %s (given: %s)"
                .formatted(
                    String.join(" ", command), status, errors.join().strip(), input.strip()));
      }
      return output;
    } catch (IOException e) {
      throw new WorldException("can't run '%s'".formatted(String.join(" ", command)), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new WorldException("interrupted in '%s'".formatted(String.join(" ", command)), e);
    }
  }

  private static String text(InputStream stream) {
    try {
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static String run(String... command) {
    return run("", List.of(command));
  }
}
