package dev.requorum.operator.objects;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What this process applied last, so that the API server is not written to at every look. Forgotten
 * with the process; an object that anybody else changed since is applied again.
 */
final class AppliedObjects {

  private record Key(String kind, String namespace, String name) {
    static Key of(HasMetadata object) {
      return new Key(
          object.getKind(), object.getMetadata().getNamespace(), object.getMetadata().getName());
    }
  }

  private record Mark(String uid, String version, String wanted) {}

  private static final int REMEMBERED = 4096;

  private final Map<Key, Mark> marks = Collections.synchronizedMap(bounded());

  /** True where exactly this was applied to exactly this object, which nobody changed since. */
  boolean matches(HasMetadata wanted, Optional<? extends HasMetadata> live) {
    return live.map(object -> mark(wanted, object).equals(marks.get(Key.of(wanted)))).orElse(false);
  }

  void remember(HasMetadata wanted, HasMetadata stored) {
    marks.put(Key.of(wanted), mark(wanted, stored));
  }

  private static Mark mark(HasMetadata wanted, HasMetadata stored) {
    return new Mark(stored.getMetadata().getUid(), versionOfSpec(stored), withoutVersion(wanted));
  }

  private static Map<Key, Mark> bounded() {
    return new LinkedHashMap<>(16, 0.75f, true) {
      private static final long serialVersionUID = 1L;

      @Override
      protected boolean removeEldestEntry(Map.Entry<Key, Mark> eldest) {
        return size() > REMEMBERED;
      }
    };
  }

  /** The generation, where the object has one: its status may change all the time. */
  private static String versionOfSpec(HasMetadata object) {
    Long generation = object.getMetadata().getGeneration();
    return generation == null || generation == 0
        ? object.getMetadata().getResourceVersion()
        : "generation " + generation;
  }

  private static String withoutVersion(HasMetadata wanted) {
    HasMetadata copy = Serialization.clone(wanted);
    copy.getMetadata().setResourceVersion(null);
    return Serialization.asJson(copy);
  }
}
