package dev.requorum.e2e.chaos;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.math.BigInteger;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * One member, asked through etcd's own JSON gateway: no process is started for a question, and
 * nobody's cuts concern the asker.
 *
 * @param address the member's, without a port
 */
record Gateway(String address) {

  /** The longest that a member is waited for. */
  static final Duration LIMIT = Duration.ofSeconds(1);

  private static final Duration READ_LIMIT = Duration.ofSeconds(10);
  private static final int OK = 200;
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final HttpClient CLIENT =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(LIMIT).build();

  /**
   * What a member says of itself. Ids are hexadecimal, as etcd writes them.
   *
   * @param leader "0" where it knows of none
   */
  record Status(String clusterId, String memberId, String leader, long revision, boolean learner) {

    /** Whether its clients are served, by its own word. */
    boolean serves() {
      return !leader.equals("0") && !learner;
    }
  }

  /** A write that was acknowledged. */
  record Accepted(String clusterId, long revision) {}

  /** Empty where it does not answer in time. */
  Optional<Status> status() {
    return ask("maintenance/status", Map.of(), LIMIT)
        .map(
            answer ->
                new Status(
                    hex(answer.path("header").path("cluster_id")),
                    hex(answer.path("header").path("member_id")),
                    hex(answer.path("leader")),
                    answer.path("header").path("revision").asLong(),
                    answer.path("isLearner").asBoolean(false)));
  }

  /** Empty where it was not acknowledged in time; it may have been written then, or come to be. */
  Optional<Accepted> put(String key, String value) {
    return ask("kv/put", Map.of("key", base64(key), "value", base64(value)), LIMIT)
        .map(answer -> answer.path("header"))
        .map(
            header ->
                new Accepted(hex(header.path("cluster_id")), header.path("revision").asLong()));
  }

  /**
   * The keys of a prefix with their values, as the member itself has them (a serializable read);
   * empty where it does not answer.
   */
  Optional<Map<String, String>> read(String prefix) {
    String end =
        prefix.substring(0, prefix.length() - 1) + (char) (prefix.charAt(prefix.length() - 1) + 1);
    Map<String, Object> range =
        Map.of("key", base64(prefix), "range_end", base64(end), "serializable", true);
    return ask("kv/range", range, READ_LIMIT).map(Gateway::values);
  }

  private static Map<String, String> values(JsonNode answer) {
    Map<String, String> values = new TreeMap<>();
    answer.path("kvs").forEach(kv -> values.put(text(kv.path("key")), text(kv.path("value"))));
    return values;
  }

  private Optional<JsonNode> ask(String path, Map<String, ?> question, Duration limit) {
    try {
      HttpRequest request =
          HttpRequest.newBuilder(URI.create("http://%s:2379/v3/%s".formatted(address, path)))
              .timeout(limit)
              .POST(HttpRequest.BodyPublishers.ofString(JSON.writeValueAsString(question)))
              .build();
      HttpResponse<byte[]> response = CLIENT.send(request, HttpResponse.BodyHandlers.ofByteArray());
      return response.statusCode() == OK
          ? Optional.of(JSON.readTree(response.body()))
          : Optional.empty();
    } catch (IOException noAnswer) {
      return Optional.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }

  private static String hex(JsonNode unsigned) {
    return new BigInteger(unsigned.asText("0")).toString(16);
  }

  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  private static String text(JsonNode base64) {
    return new String(Base64.getDecoder().decode(base64.asText()), StandardCharsets.UTF_8);
  }
}
