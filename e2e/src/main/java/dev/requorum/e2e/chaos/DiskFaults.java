package dev.requorum.e2e.chaos;

import dev.requorum.e2e.scenario.HeldDown;
import dev.requorum.e2e.world.Await;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** What befalls members' volumes. */
final class DiskFaults {

  private static final int BLOCK = 1 << 20;
  private static final long MOST_ROOM = 1L << 30;
  private static final Duration LIMIT = Duration.ofSeconds(60);

  private DiskFaults() {}

  /** Their pods are deleted by force, and their claims with their volumes. */
  static Lift lose(Arena arena, List<Integer> members) {
    List<Optional<String>> before = members.stream().map(o -> claim(arena, o)).toList();
    members.forEach(arena.struck()::ended);
    HeldDown.of(arena.cluster(), members).close();
    Await.until(
        "the volumes of members %s are gone".formatted(members),
        LIMIT,
        () -> {
          boolean gone = true;
          for (int i = 0; i < members.size(); i++) {
            gone &= before.get(i).isEmpty() || !claim(arena, members.get(i)).equals(before.get(i));
          }
          return gone;
        },
        arena.cluster()::describe);
    return Lift.NOTHING;
  }

  /**
   * The same, again and again, until the recovery has begun to rebuild, or it is lifted: whoever is
   * started meanwhile is lost too.
   */
  static Lift loseAndHold(Arena arena, List<Integer> members) {
    members.forEach(arena.struck()::ended);
    HeldDown held = HeldDown.of(arena.cluster(), members);
    return held::close;
  }

  private static Optional<String> claim(Arena arena, int member) {
    return Optional.ofNullable(
            arena
                .cluster()
                .client()
                .persistentVolumeClaims()
                .inNamespace(arena.cluster().namespace())
                .withName(arena.cluster().claim(member))
                .get())
        .map(PersistentVolumeClaim::getMetadata)
        .map(metadata -> metadata.getUid());
  }

  /** All that is on their volumes is removed while their processes are down; the claims stay. */
  static Lift empty(Arena arena, List<Integer> members) {
    Lift down = ProcessFaults.holdDown(arena, members);
    try {
      for (int member : members) {
        Path volume = volume(arena, member);
        noteEmptied(arena, member);
        removeBeneath(volume);
      }
    } finally {
      down.lift();
    }
    return Lift.NOTHING;
  }

  /** No byte more has room on their volumes until lifted; the volumes have to be limited ones. */
  static Lift fill(Arena arena, List<Integer> members) {
    List<Path> fillers =
        members.stream().map(member -> volume(arena, member).resolve("filler")).toList();
    fillers.forEach(DiskFaults::fill);
    return () -> fillers.forEach(DiskFaults::delete);
  }

  private static void fill(Path filler) {
    byte[] zeros = new byte[BLOCK];
    try (OutputStream out = Files.newOutputStream(filler)) {
      long room = Files.getFileStore(filler).getUsableSpace();
      if (room > MOST_ROOM) {
        throw new IllegalStateException(
            "%s has room for %d bytes: this volume is not limited".formatted(filler, room));
      }
      while (true) {
        out.write(zeros);
      }
    } catch (IOException full) {
      // As it is to be: of the last block, as much is written as there was room for.
    }
  }

  private static void delete(Path filler) {
    try {
      Files.deleteIfExists(filler);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Path volume(Arena arena, int member) {
    return arena
        .world()
        .volumeDirectory(arena.cluster().namespace(), arena.cluster().claim(member));
  }

  private static void noteEmptied(Arena arena, int member) {
    Optional.ofNullable(arena.cluster().recovery().lastKnown)
        .ifPresent(
            known ->
                known.members.stream()
                    .filter(m -> arena.cluster().pod(member).equals(m.name))
                    .forEach(m -> arena.struck().emptied(m.memberId)));
  }

  private static void removeBeneath(Path volume) {
    try {
      Files.walkFileTree(
          volume,
          new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
                throws IOException {
              Files.delete(file);
              return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path visited, IOException failure)
                throws IOException {
              if (visited.getNameCount() > volume.getNameCount() + 1) {
                Files.delete(visited);
              }
              return FileVisitResult.CONTINUE;
            }
          });
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
