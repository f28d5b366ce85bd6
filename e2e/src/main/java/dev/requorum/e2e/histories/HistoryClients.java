package dev.requorum.e2e.histories;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.IntStream;

/** The clients of a history, at work until they are closed. */
final class HistoryClients implements AutoCloseable {

  private static final long MILLIS_BETWEEN_REQUESTS = 40;
  private static final long SECONDS_TO_END = 30;

  private final ScheduledExecutorService threads;
  private final List<ScheduledFuture<?>> work;

  private HistoryClients(ScheduledExecutorService threads, List<ScheduledFuture<?>> work) {
    this.threads = threads;
    this.work = work;
  }

  static HistoryClients start(
      HistoryPlan plan,
      List<String> members,
      Function<String, Optional<String>> addresses,
      MemberGateway gateway,
      History history) {
    ScheduledExecutorService threads = Executors.newScheduledThreadPool(plan.workload().clients());
    List<ScheduledFuture<?>> work =
        IntStream.range(0, plan.workload().clients())
            .mapToObj(i -> new HistoryClient(plan, i, members, addresses, gateway, history))
            .<ScheduledFuture<?>>map(
                client ->
                    threads.scheduleWithFixedDelay(
                        client, 0, MILLIS_BETWEEN_REQUESTS, TimeUnit.MILLISECONDS))
            .toList();
    return new HistoryClients(threads, work);
  }

  /** Whether all are still at work: one that fails for a reason of its own ends. */
  boolean areAtWork() {
    return work.stream().noneMatch(ScheduledFuture::isDone);
  }

  /** Why one of them ended; empty where none did. */
  Optional<Throwable> failure() {
    for (ScheduledFuture<?> one : work) {
      if (one.isDone() && !one.isCancelled()) {
        try {
          one.get();
        } catch (ExecutionException e) {
          return Optional.of(e.getCause());
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
          return Optional.of(e);
        }
      }
    }
    return Optional.empty();
  }

  /** Returns when each has ended what it was about. */
  @Override
  public void close() {
    threads.shutdown();
    try {
      if (!threads.awaitTermination(SECONDS_TO_END, TimeUnit.SECONDS)) {
        throw new IllegalStateException(
            "a client did not end within %d s".formatted(SECONDS_TO_END));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while the clients end", e);
    }
  }
}
