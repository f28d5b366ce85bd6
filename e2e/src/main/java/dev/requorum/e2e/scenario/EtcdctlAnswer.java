package dev.requorum.e2e.scenario;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;

/** What etcdctl or etcdutl prints with {@code -w json}. */
record EtcdctlAnswer(JsonNode root) {

  private static final ObjectMapper JSON = new ObjectMapper();

  /**
   * @throws IllegalStateException where it is no JSON
   */
  static EtcdctlAnswer of(String printed) {
    try {
      return new EtcdctlAnswer(JSON.readTree(printed));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("no JSON was printed: " + printed, e);
    }
  }

  /** Of {@code get --prefix}: how many keys there are. */
  int count() {
    return root.path("count").asInt(0);
  }

  /** Of {@code snapshot status}: the newest revision in a database. */
  long databaseRevision() {
    return root.path("revision").asLong();
  }

  /** Of {@code endpoint status}, asked of one endpoint. */
  MemberStatus memberStatus() {
    JsonNode status = root.get(0).get("Status");
    JsonNode header = status.get("header");
    return new MemberStatus(
        hex(header.get("cluster_id")),
        hex(header.get("member_id")),
        hex(status.path("leader")),
        header.path("revision").asLong(),
        status.path("isLearner").asBoolean(false));
  }

  /** Of {@code member list}: the names of the voters that have started. */
  List<String> voters() {
    List<String> voters = new ArrayList<>();
    for (JsonNode member : root.path("members")) {
      if (!member.path("isLearner").asBoolean(false) && !member.path("name").asText().isEmpty()) {
        voters.add(member.path("name").asText());
      }
    }
    return voters;
  }

  private static String hex(JsonNode unsigned) {
    return unsigned.isMissingNode() ? "0" : new BigInteger(unsigned.asText()).toString(16);
  }
}
