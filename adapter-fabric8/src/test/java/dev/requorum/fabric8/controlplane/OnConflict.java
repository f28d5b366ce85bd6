package dev.requorum.fabric8.controlplane;

import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.HttpURLConnection;
import java.util.function.Supplier;

/** Edits that controllers get in the way of: read, changed and written again, a few times. */
public final class OnConflict {

  private static final int TRIES = 20;

  private OnConflict() {}

  /** What the edit returns once it was not overtaken; the last conflict where it always was. */
  public static <T> T again(Supplier<T> edit) {
    for (int left = TRIES - 1; ; left--) {
      try {
        return edit.get();
      } catch (KubernetesClientException e) {
        if (left == 0 || e.getCode() != HttpURLConnection.HTTP_CONFLICT) {
          throw e;
        }
      }
    }
  }
}
