package dev.requorum.e2e.histories;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToLongFunction;

/** A history as the checker reads it: JSON lines, which e2e/histories/history.go explains. */
final class HistoryFile {

  private static final ObjectMapper JSON = new ObjectMapper();

  private final List<ObjectNode> lines = new ArrayList<>();

  private ObjectNode line(String type) {
    ObjectNode line = JSON.createObjectNode().put("type", type);
    lines.add(line);
    return line;
  }

  HistoryFile plan(HistoryPlan plan) {
    line("plan").put("seed", plan.seed()).put("plan", plan.toString());
    return this;
  }

  /** All of them; they are numbered from 1. */
  HistoryFile operations(List<Operation> operations) {
    for (int i = 0; i < operations.size(); i++) {
      operation(i + 1, operations.get(i));
    }
    return this;
  }

  private void operation(int number, Operation operation) {
    Request request = operation.request();
    ObjectNode line =
        line("operation")
            .put("number", number)
            .put("client", operation.client())
            .put("member", operation.member())
            .put("do", request.kind().word())
            .put("key", request.key())
            .put("value", request.value())
            .put("expect", request.expected())
            .put("call", operation.called())
            .put("return", operation.returned())
            .put("outcome", operation.result().outcome().name().toLowerCase(Locale.ROOT))
            .put("said", operation.result().said());
    operation.result().answer().ifPresent(answer -> answer(line, answer));
  }

  private static void answer(ObjectNode line, Answer answer) {
    line.put("clusterId", answer.clusterId())
        .put("memberId", answer.memberId())
        .put("revision", answer.revision())
        .put("swapped", answer.written());
    answer.found().stream().findFirst().ifPresent(found -> line.set("found", entry(found)));
  }

  private static ObjectNode entry(Entry entry) {
    return JSON.createObjectNode()
        .put("key", entry.key())
        .put("value", entry.value())
        .put("modRevision", entry.modRevision());
  }

  /**
   * What the recovery says.
   *
   * @param clock tells a time as the operations have it
   */
  HistoryFile account(Account account, ToLongFunction<Instant> clock) {
    ObjectNode line =
        line("account")
            .put("retainedRevision", account.retainedRevision())
            .put("lostRevisionsAtLeast", account.lostAtLeast())
            .put("revisionBump", account.bump())
            .put("clusterIdBefore", account.clusterBefore())
            .put("clusterIdAfter", account.clusterAfter())
            .put("survivor", account.survivor())
            .put("detectedAt", clock.applyAsLong(account.detectedAt()))
            .put("committedAt", clock.applyAsLong(account.committedAt()));
    account.lostAtMost().ifPresent(most -> line.put("lostRevisionsAtMost", most));
    account.membersBefore().forEach(line.putArray("membersBefore")::add);
    return this;
  }

  /** All that one member has in the end. */
  HistoryFile dump(String member, List<Entry> entries) {
    ObjectNode line = line("dump").put("member", member);
    entries.stream().map(HistoryFile::entry).forEach(line.putArray("entries")::add);
    return this;
  }

  void write(Path file) {
    List<String> text = lines.stream().map(ObjectNode::toString).toList();
    try {
      Files.createDirectories(file.toAbsolutePath().getParent());
      Files.write(file, text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
