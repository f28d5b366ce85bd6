package dev.requorum.e2e.world;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * What pods' and operators' ServiceAccounts asked of the API server: who did what, not what was
 * sent or answered.
 */
public final class AuditLog {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String POLICY =
      """
      apiVersion: audit.k8s.io/v1
      kind: Policy
      omitStages: [RequestReceived]
      rules:
        - level: None
          userGroups: ["system:serviceaccounts:kube-system"]
        - level: Metadata
          userGroups: ["system:serviceaccounts"]
        - level: None
      """;

  /**
   * A request for a resource.
   *
   * @param resource its group, name and subresource, as {@code apps/statefulsets/status}; a core
   *     resource begins with a slash
   * @param refused it was not allowed
   */
  public record Request(String verb, String resource, boolean refused) {}

  private AuditLog() {}

  /** All requests of a ServiceAccount so far. A watch is there once it was answered. */
  public static List<Request> of(String namespace, String serviceAccount) {
    String user = "system:serviceaccount:%s:%s".formatted(namespace, serviceAccount);
    try {
      return Files.readAllLines(Layout.AUDIT_LOG).stream()
          .map(AuditLog::parse)
          .filter(event -> event.path("user").path("username").asText().equals(user))
          .filter(event -> event.has("objectRef"))
          .map(AuditLog::request)
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Path writePolicy() {
    Path policy = Layout.CREDENTIALS.resolve("audit-policy.yaml");
    Credentials.write(policy, POLICY);
    return policy;
  }

  private static Request request(JsonNode event) {
    JsonNode object = event.get("objectRef");
    String subresource = object.path("subresource").asText();
    return new Request(
        event.path("verb").asText(),
        "%s/%s%s"
            .formatted(
                object.path("apiGroup").asText(),
                object.path("resource").asText(),
                subresource.isEmpty() ? "" : "/" + subresource),
        event.path("responseStatus").path("code").asInt() == 403);
  }

  private static JsonNode parse(String line) {
    try {
      return JSON.readTree(line);
    } catch (IOException e) {
      throw new UncheckedIOException("not a line of an audit log: " + line, e);
    }
  }
}
