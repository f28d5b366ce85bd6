package dev.requorum.fabric8.status;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.Map;
import java.util.Optional;

/**
 * Between {@link RecoveryStatus} and generic JSON (maps, lists, numbers, strings), as untyped
 * clients hand it out. Strict: a field that is not known here may mean something to whoever wrote
 * it, and is not skipped.
 */
public final class RecoveryStatusJson {

  private static final ObjectMapper MAPPER =
      JsonMapper.builder()
          .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
          .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
          .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .build();

  private RecoveryStatusJson() {}

  /**
   * @param stored the value of {@code status.recovery}; null where it is not there
   * @throws UnreadableStatusException where a field has another type, or is not known
   */
  public static Optional<RecoveryStatus> read(Object stored) {
    if (stored == null) {
      return Optional.empty();
    }
    try {
      return Optional.of(MAPPER.convertValue(stored, RecoveryStatus.class));
    } catch (IllegalArgumentException e) {
      throw e.getCause() instanceof JsonMappingException cause
          ? new UnreadableStatusException(path(cause) + ": " + cause.getOriginalMessage(), e)
          : new UnreadableStatusException(Field.root().path() + ": " + e.getMessage(), e);
    }
  }

  /** The value to store as {@code status.recovery}. */
  public static Map<?, ?> write(RecoveryStatus status) {
    return MAPPER.convertValue(status, Map.class);
  }

  private static String path(JsonMappingException e) {
    StringBuilder path = new StringBuilder(Field.root().path());
    for (JsonMappingException.Reference reference : e.getPath()) {
      if (reference.getFieldName() != null) {
        path.append('.').append(reference.getFieldName());
      } else {
        path.append('[').append(reference.getIndex()).append(']');
      }
    }
    return path.toString();
  }
}
