package dev.requorum.operator.volumes;

import dev.requorum.fabric8.ClaimAnnotations;
import dev.requorum.operator.objects.DirectoryRemoval;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;

/**
 * {@code remove-directory}: what the Job of a {@link DirectoryRemoval} runs. Removes one directory
 * beneath a mount, and nothing that a link in it leads to.
 *
 * <p>Refuses whatever is no plain directory directly beneath the mount, and whatever is, holds or
 * lies in the data in use. Of the mount's own top it removes {@code member} alone, which is etcd's.
 * A directory that is not there was removed before.
 */
public final class RemoveDirectoryCommand {

  /** How it is called. */
  public static final String USAGE =
      """
      usage: remove-directory MOUNT DIRECTORY IN_USE   removes a former data directory of etcd; both by
                                                       their names beneath MOUNT, or . for its top
      """;

  /** It is gone. */
  public static final int REMOVED = 0;

  /** It could not be removed, or not all of it. */
  public static final int FAILED = 1;

  /** It must not be removed, or the arguments cannot be understood. */
  public static final int REFUSED = 2;

  private static final String MEMBER = "member";

  private final PrintStream out;
  private final PrintStream err;

  /**
   * @param err what went wrong; nothing else
   */
  public RemoveDirectoryCommand(PrintStream out, PrintStream err) {
    this.out = out;
    this.err = err;
  }

  /**
   * @param words the arguments after {@code remove-directory}
   * @return the process's exit code
   */
  public int run(List<String> words) {
    if (words.size() != 3) {
      err.print(USAGE);
      return REFUSED;
    }
    if (!ClaimAnnotations.isDirectory(words.get(1))
        || !ClaimAnnotations.isDirectory(words.get(2))) {
      return refuse("DIRECTORY and IN_USE must be names beneath MOUNT, or . for its top");
    }
    Path mount = Path.of(words.get(0)).toAbsolutePath().normalize();
    Path target = data(mount, words.get(1));
    Path inUse = data(mount, words.get(2));
    if (!mount.equals(target.getParent()) || !mount.equals(inUse.getParent())) {
      return refuse("%s is not directly beneath %s".formatted(target, mount));
    }
    if (target.startsWith(inUse) || inUse.startsWith(target)) {
      return refuse("%s is in use".formatted(target));
    }
    if (!Files.isDirectory(mount)) {
      return refuse("%s is no directory".formatted(mount));
    }
    if (!Files.exists(target, LinkOption.NOFOLLOW_LINKS)) {
      out.printf("%s is not there%n", target);
      return REMOVED;
    }
    return Files.isDirectory(target, LinkOption.NOFOLLOW_LINKS)
        ? remove(target)
        : refuse("%s is no directory".formatted(target));
  }

  /** Where etcd's data is with that data directory. */
  private static Path data(Path mount, String directory) {
    return mount.resolve(directory.equals(ClaimAnnotations.TOP) ? MEMBER : directory).normalize();
  }

  private int refuse(String why) {
    err.printf("remove-directory: %s; nothing is removed%n", why);
    return REFUSED;
  }

  private int remove(Path target) {
    try {
      Files.walkFileTree(target, new Removal());
      out.printf("removed %s%n", target);
      return REMOVED;
    } catch (IOException e) {
      err.printf("remove-directory: %s could not be removed: %s%n", target, e);
      return FAILED;
    }
  }

  private static final class Removal extends SimpleFileVisitor<Path> {

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
      Files.delete(file);
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult postVisitDirectory(Path directory, IOException failure)
        throws IOException {
      if (failure != null) {
        throw failure;
      }
      Files.delete(directory);
      return FileVisitResult.CONTINUE;
    }
  }
}
