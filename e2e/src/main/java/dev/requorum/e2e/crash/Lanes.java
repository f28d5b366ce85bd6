package dev.requorum.e2e.crash;

import dev.requorum.e2e.scenario.LocalSite;
import dev.requorum.e2e.scenario.OperatorHandle;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/**
 * Namespaces with an operator each, in which recoveries are played at once: what dies in one of
 * them is nobody's in another.
 */
final class Lanes implements AutoCloseable {

  /** A recovery to be played. */
  interface Task {

    /**
     * Plays it.
     *
     * @param name the name that its cluster is to have
     */
    Played play(RecoveryPlayer player, String name);
  }

  private final LocalSite site;
  private final int number;
  private final Queue<OperatorHandle> operators = new ConcurrentLinkedQueue<>();
  private final AtomicInteger opened = new AtomicInteger();
  private final BlockingQueue<RecoveryPlayer> free;
  private final ExecutorService threads;
  private int clusters;

  /** Each is opened when it is needed first. */
  Lanes(LocalSite site, int number) {
    this.site = site;
    this.number = number;
    free = new ArrayBlockingQueue<>(number);
    threads = Executors.newFixedThreadPool(number);
  }

  private RecoveryPlayer take() throws InterruptedException {
    RecoveryPlayer waiting = free.poll();
    return waiting == null ? openOrWait() : waiting;
  }

  private RecoveryPlayer openOrWait() throws InterruptedException {
    int lane = opened.incrementAndGet();
    return lane <= number ? open("crash-" + lane) : free.take();
  }

  private RecoveryPlayer open(String lane) {
    Patience.until("namespace " + lane, () -> createNamespace(lane));
    Path logs = newDirectory();
    Map<String, String> environment = Map.of(CrashingOperator.LOGS, logs.toString());
    OperatorHandle operator =
        Patience.get(
            "the operator of " + lane,
            () -> site.operator(lane, CrashingOperator.class.getName(), environment));
    operators.add(operator);
    return new RecoveryPlayer(site, lane, operator, logs);
  }

  /** It may have been made by a call whose answer was late. */
  private void createNamespace(String lane) {
    if (site.client().namespaces().withName(lane).get() == null) {
      site.createNamespace(lane);
    }
  }

  private static Path newDirectory() {
    try {
      return Files.createTempDirectory("crash");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Plays all, as many at once as there are lanes.
   *
   * @param told of each when it is over, by any thread
   * @return in the order of the tasks
   */
  List<Played> play(List<Task> tasks, Consumer<Played> told) {
    List<Future<Played>> futures = new ArrayList<>();
    for (Task task : tasks) {
      String name = "c" + ++clusters;
      futures.add(threads.submit(() -> play(task, name, told)));
    }
    return futures.stream().map(Lanes::result).toList();
  }

  private Played play(Task task, String name, Consumer<Played> told) throws InterruptedException {
    RecoveryPlayer player = take();
    try {
      Played played = task.play(player, name);
      told.accept(played);
      return played;
    } finally {
      player.remove(name);
      free.add(player);
    }
  }

  private static Played result(Future<Played> future) {
    try {
      return future.get();
    } catch (ExecutionException e) {
      throw new IllegalStateException("a recovery could not be played", e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while recoveries are played", e);
    }
  }

  @Override
  public void close() {
    threads.shutdownNow();
    operators.forEach(OperatorHandle::close);
  }
}
