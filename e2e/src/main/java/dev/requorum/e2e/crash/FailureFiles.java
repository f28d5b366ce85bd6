package dev.requorum.e2e.crash;

import dev.requorum.ports.record.Strategy;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What explains the recoveries that ended otherwise, in a file for each. */
final class FailureFiles {

  private final Path directory;
  private final List<String> all = new ArrayList<>();

  FailureFiles(Path directory) {
    this.directory = directory;
  }

  /** Keeps what is known of one. */
  void keep(Played played) {
    StringBuilder text = new StringBuilder(played.name()).append('\n');
    played.wrongs().forEach(wrong -> text.append("wrong: ").append(wrong).append('\n'));
    played
        .state()
        .ifPresent(
            state ->
                state
                    .facts()
                    .forEach(
                        (about, fact) -> text.append("state: %s: %s%n".formatted(about, fact))));
    played.calls().forEach(call -> text.append("call: ").append(call).append('\n'));
    Path file = directory.resolve(played.cluster() + ".txt");
    try {
      Files.createDirectories(directory);
      Files.writeString(file, text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    all.add("%s (%s)".formatted(played.name(), file));
  }

  /** Nobody could be made to die there. */
  void missed(Strategy strategy, CrashPoint point) {
    all.add("%s: %s was not come to".formatted(strategy.word(), point));
  }

  /** The names of those that were kept, and where that is. */
  List<String> all() {
    return List.copyOf(all);
  }
}
