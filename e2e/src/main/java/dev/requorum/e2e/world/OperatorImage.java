package dev.requorum.e2e.world;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The operator's own image, in any version: this JVM's Java and class path at the places where the
 * image has Java and its jars, with the same entry point. Unlike the image it has a shell and other
 * programs, since Java's libraries are taken from this machine's directories.
 */
final class OperatorImage {
  private static final Pattern REFERENCE =
      Pattern.compile("(?:.*/)?requorum/operator(?::[^@]*)?(?:@.*)?");
  private static final String OPTIONS = "/app/jvm.options";
  private static final List<String> ENTRYPOINT =
      List.of("/opt/java/bin/java", "@" + OPTIONS, "dev.requorum.operator.OperatorMain");
  private static final List<String> SYSTEM =
      List.of("/usr", "/bin", "/lib", "/lib32", "/lib64", "/etc");

  private OperatorImage() {}

  /** The image of that reference, or nothing where it is another. */
  static Optional<Image> pull(String reference) {
    return REFERENCE.matcher(reference).matches() ? Optional.of(image()) : Optional.empty();
  }

  private static Image image() {
    List<Mount> files = new ArrayList<>();
    SYSTEM.stream()
        .map(Path::of)
        .filter(path -> Files.exists(path, LinkOption.NOFOLLOW_LINKS))
        .forEach(path -> files.add(new Mount(path, path.toString())));
    files.add(new Mount(javaHome(), "/opt/java"));
    List<Mount> jars = classPath();
    files.addAll(jars);
    files.add(new Mount(writeOptions(jars), OPTIONS));
    return new Image(files, ENTRYPOINT, List.of());
  }

  private static Path javaHome() {
    try {
      return Path.of(System.getProperty("java.home")).toRealPath();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The entries that exist, numbered so that their order is kept and no two have one name. */
  private static List<Mount> classPath() {
    String entries =
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    List<Path> paths =
        Stream.of(entries.split(File.pathSeparator))
            .map(Path::of)
            .map(Path::toAbsolutePath)
            .filter(Files::exists)
            .toList();
    List<Mount> mounts = new ArrayList<>();
    for (Path path : paths) {
      mounts.add(
          new Mount(path, "/app/classpath/%03d-%s".formatted(mounts.size(), path.getFileName())));
    }
    return mounts;
  }

  private static synchronized Path writeOptions(List<Mount> jars) {
    String path = jars.stream().map(Mount::target).collect(Collectors.joining(":"));
    List<String> options =
        List.of(
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-Xmx160m",
            "-XX:-UsePerfData",
            "-cp " + path);
    try {
      return Files.write(Layout.ROOT.resolve("jvm.options"), options);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
