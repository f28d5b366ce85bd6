package dev.requorum.e2e.histories;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * A client that asks for one thing after another. It stays with a member that answers, mostly, and
 * goes to the next one when one does not. It writes to registers that all clients write to, and to
 * keys of its own, each once; no two writes of a history write the same value.
 */
final class HistoryClient implements Runnable {

  private static final String REGISTER = "register/";

  private final int number;
  private final Random random;
  private final int registers;
  private final List<String> members;
  private final Function<String, Optional<String>> addresses;
  private final MemberGateway gateway;
  private final History history;
  private final Map<String, Long> lastRead = new HashMap<>();
  private int home;
  private int asked;

  /**
   * @param addresses where a member is now, empty where it is nowhere
   */
  HistoryClient(
      HistoryPlan plan,
      int number,
      List<String> members,
      Function<String, Optional<String>> addresses,
      MemberGateway gateway,
      History history) {
    this.number = number;
    this.random = HistoryPlan.random(plan.seed() * 31 + number);
    this.registers = plan.workload().registers();
    this.members = List.copyOf(members);
    this.addresses = addresses;
    this.gateway = gateway;
    this.history = history;
    this.home = number % members.size();
  }

  static List<String> registers(int count) {
    return IntStream.range(0, count).mapToObj(i -> REGISTER + i).toList();
  }

  /** Asks for one thing. */
  @Override
  public void run() {
    Operation done = ask(members.get(home), next());
    if (!done.result().isOk() || random.nextInt(10) == 0) {
      home = (home + 1) % members.size();
    }
    learn(done);
  }

  /** Asks a member for this, and takes down how it ended. */
  Operation ask(String member, Request request) {
    long called = history.now();
    Result result =
        addresses
            .apply(member)
            .map(address -> gateway.ask(address, request))
            .orElseGet(() -> Result.failed("no node runs it"));
    Operation done = new Operation(number, member, request, called, history.now(), result);
    history.add(done);
    return done;
  }

  private Request next() {
    String register = REGISTER + random.nextInt(registers);
    int choice = random.nextInt(100);
    if (choice < 35) {
      return Request.get(register);
    }
    String value = "%d-%d".formatted(number, ++asked);
    if (choice < 60) {
      return Request.put(register, value);
    }
    if (choice < 80) {
      return Request.swap(register, lastRead.getOrDefault(register, 0L), value);
    }
    return Request.put("entry/" + value, value);
  }

  private void learn(Operation done) {
    String key = done.request().key();
    done.result()
        .answer()
        .ifPresent(
            answer -> {
              if (answer.written()) {
                lastRead.put(key, answer.revision());
              } else {
                lastRead.put(
                    key,
                    answer.found().stream().mapToLong(Entry::modRevision).findFirst().orElse(0));
              }
            });
  }
}
