package dev.requorum.core.sim;

import java.io.IOException;
import java.io.InputStream;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongFunction;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.StandardLocation;
import javax.tools.ToolProvider;

/** The product with one planted bug: changed sources, compiled, and loaded beside the real ones. */
final class Mutation {

  private static final String BASE = "dev.requorum.core.";

  private final Map<String, byte[]> classes;

  private Mutation(Map<String, byte[]> classes) {
    this.classes = classes;
  }

  /**
   * Plants it.
   *
   * @param root of the repository
   */
  static Mutation of(Path root, PlantedBug bug) {
    return new Mutation(compile(bug, sources(root, bug)));
  }

  /**
   * The sources that it changes, changed, by the names of their classes.
   *
   * @throws IllegalStateException where what it replaces is not there exactly once
   */
  static Map<String, String> sources(Path root, PlantedBug bug) {
    Path sources = root.resolve("recovery-core/src/main/java");
    Map<String, String> changed = new HashMap<>();
    for (PlantedBug.Edit edit : bug.edits()) {
      String type = BASE + edit.type();
      String text = changed.computeIfAbsent(type, any -> read(sources, type));
      int at = text.indexOf(edit.old());
      if (at < 0 || text.indexOf(edit.old(), at + 1) >= 0) {
        throw new IllegalStateException(
            "%s: not exactly once in %s: %s".formatted(bug.name(), type, edit.old()));
      }
      changed.put(type, text.replace(edit.old(), edit.with()));
    }
    return changed;
  }

  private static String read(Path sources, String type) {
    try {
      return Files.readString(sources.resolve(type.replace('.', '/') + ".java"));
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  private static Map<String, byte[]> compile(PlantedBug bug, Map<String, String> sources) {
    try {
      Path out = Files.createTempDirectory("planted-bug");
      JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
      StringWriter complaints = new StringWriter();
      try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
        files.setLocation(StandardLocation.CLASS_OUTPUT, List.of(out.toFile()));
        List<JavaFileObject> units =
            sources.entrySet().stream()
                .map(e -> (JavaFileObject) new Source(e.getKey(), e.getValue()))
                .toList();
        boolean compiled =
            compiler.getTask(complaints, files, null, List.of("-proc:none"), null, units).call();
        if (!compiled) {
          throw new IllegalStateException(bug.name() + " does not compile: " + complaints);
        }
        return collect(out);
      }
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private static Map<String, byte[]> collect(Path out) throws IOException {
    Map<String, byte[]> classes = new HashMap<>();
    try (var files = Files.walk(out)) {
      for (Path file : files.sorted(java.util.Comparator.reverseOrder()).toList()) {
        if (file.toString().endsWith(".class")) {
          String name = out.relativize(file).toString().replace('/', '.');
          classes.put(
              name.substring(0, name.length() - ".class".length()), Files.readAllBytes(file));
        }
        Files.delete(file);
      }
    }
    return classes;
  }

  private static final class Source extends SimpleJavaFileObject {

    private final String text;

    Source(String type, String text) {
      super(URI.create("string:///" + type.replace('.', '/') + ".java"), Kind.SOURCE);
      this.text = text;
    }

    @Override
    public CharSequence getCharContent(boolean ignoreEncodingErrors) {
      return text;
    }
  }

  /** Loads core and simulator anew, the changed classes in the place of the real ones. */
  ClassLoader loader() {
    return new Loader(classes);
  }

  private static final class Loader extends ClassLoader {

    private final Map<String, byte[]> changed;

    Loader(Map<String, byte[]> changed) {
      super(Mutation.class.getClassLoader());
      this.changed = changed;
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
      synchronized (getClassLoadingLock(name)) {
        Class<?> loaded = findLoadedClass(name);
        if (loaded == null && name.startsWith(BASE)) {
          byte[] bytes = changed.containsKey(name) ? changed.get(name) : bytes(name);
          loaded = defineClass(name, bytes, 0, bytes.length);
        }
        return loaded == null ? super.loadClass(name, resolve) : loaded;
      }
    }

    private byte[] bytes(String name) throws ClassNotFoundException {
      try (InputStream in = getParent().getResourceAsStream(name.replace('.', '/') + ".class")) {
        if (in == null) {
          throw new ClassNotFoundException(name);
        }
        return in.readAllBytes();
      } catch (IOException unreadable) {
        throw new ClassNotFoundException(name, unreadable);
      }
    }
  }

  /** What is wrong first in the story of this seed; empty where nothing is. */
  static String play(ClassLoader loader, long seed) {
    try {
      Object player =
          loader.loadClass(SeedPlayer.class.getName()).getDeclaredConstructor().newInstance();
      @SuppressWarnings("unchecked")
      LongFunction<String> plays = (LongFunction<String>) player;
      return plays.apply(seed);
    } catch (ReflectiveOperationException broken) {
      throw new IllegalStateException("the simulator cannot be loaded anew", broken);
    }
  }
}
