package dev.requorum.e2e.histories;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.function.Function;

/**
 * Asks one member at a time through etcd's own HTTP gateway, once: unlike etcd's client libraries
 * nothing here asks a second time behind the caller's back, so that one request has one effect at
 * most.
 */
final class MemberGateway {

  /** After that a client no longer waits, and does not know. */
  static final Duration PATIENCE = Duration.ofSeconds(1);

  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(PATIENCE).build();

  /** Asks the member at that address. Its failures are results. */
  Result ask(String address, Request request) {
    return switch (request.kind()) {
      case PUT -> post(address, "put", put(request), MemberGateway::written);
      case GET ->
          post(
              address,
              "range",
              "{\"key\": \"%s\"}".formatted(base64(request.key())),
              MemberGateway::read);
      case SWAP -> post(address, "txn", swap(request), MemberGateway::swapped);
    };
  }

  /** All that the member has in its own store, confirmed by nobody. */
  Result dump(String address) {
    String all = base64("\0");
    return post(
        address,
        "range",
        "{\"key\": \"%s\", \"range_end\": \"%s\", \"serializable\": true}".formatted(all, all),
        MemberGateway::read);
  }

  private static String put(Request request) {
    return "{\"key\": \"%s\", \"value\": \"%s\"}"
        .formatted(base64(request.key()), base64(request.value()));
  }

  private static String swap(Request request) {
    return """
        {"compare": [{"key": "%1$s", "target": "MOD", "result": "EQUAL", "mod_revision": "%2$d"}],
         "success": [{"request_put": %3$s}],
         "failure": [{"request_range": {"key": "%1$s"}}]}
        """
        .formatted(base64(request.key()), request.expected(), put(request));
  }

  private Result post(
      String address, String method, String body, Function<JsonNode, Answer> reader) {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://%s:2379/v3/kv/%s".formatted(address, method)))
            .timeout(PATIENCE)
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build();
    try {
      HttpResponse<String> response = http.send(request, HttpResponse.BodyHandlers.ofString());
      return response.statusCode() == 200
          ? Result.ok(reader.apply(JSON.readTree(response.body())))
          : Result.unknown(response.body());
    } catch (ConnectException | HttpConnectTimeoutException neverSent) {
      return Result.failed(neverSent.toString());
    } catch (IOException e) {
      return Result.unknown(e.toString());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Result.unknown(e.toString());
    }
  }

  private static Answer written(JsonNode body) {
    return answer(body, true, List.of());
  }

  private static Answer read(JsonNode body) {
    return answer(body, false, entries(body));
  }

  private static Answer swapped(JsonNode body) {
    return answer(
        body,
        body.path("succeeded").asBoolean(false),
        entries(body.path("responses").path(0).path("response_range")));
  }

  private static Answer answer(JsonNode body, boolean written, List<Entry> found) {
    JsonNode header = body.path("header");
    return new Answer(
        id(header.path("cluster_id")),
        id(header.path("member_id")),
        header.path("revision").asLong(),
        written,
        found);
  }

  private static List<Entry> entries(JsonNode range) {
    List<Entry> entries = new ArrayList<>();
    range
        .path("kvs")
        .forEach(
            kv ->
                entries.add(
                    new Entry(
                        text(kv.path("key")),
                        text(kv.path("value")),
                        kv.path("mod_revision").asLong())));
    return entries;
  }

  private static String id(JsonNode decimal) {
    return Long.toHexString(Long.parseUnsignedLong(decimal.asText()));
  }

  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  private static String text(JsonNode base64) {
    return new String(Base64.getDecoder().decode(base64.asText()), StandardCharsets.UTF_8);
  }
}
