package dev.requorum.fabric8;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;

/**
 * A JSON patch (RFC 6902) under construction: it touches the fields that it names and no other, not
 * even ones that this client does not know.
 */
final class JsonPatch {

  static final PatchContext CONTEXT = PatchContext.of(PatchType.JSON);

  private static final ObjectMapper MAPPER = new ObjectMapper();

  private final ArrayNode operations = MAPPER.createArrayNode();

  /** Adds the field, or replaces it; its parent must be there. */
  JsonPatch set(String path, Object value) {
    operation("add", path).set("value", MAPPER.valueToTree(value));
    return this;
  }

  JsonPatch remove(String path) {
    operation("remove", path);
    return this;
  }

  boolean isEmpty() {
    return operations.isEmpty();
  }

  /**
   * The patch, which the API server refuses with a conflict where the object is no longer of this
   * resource version.
   */
  String lockedTo(String resourceVersion) {
    JsonPatch locked = new JsonPatch().set("/metadata/resourceVersion", resourceVersion);
    locked.operations.addAll(operations);
    return locked.operations.toString();
  }

  String lockedTo(HasMetadata object) {
    return lockedTo(object.getMetadata().getResourceVersion());
  }

  /** A key as a part of a path. */
  static String escape(String key) {
    return key.replace("~", "~0").replace("/", "~1");
  }

  private ObjectNode operation(String op, String path) {
    return operations.addObject().put("op", op).put("path", path);
  }
}
