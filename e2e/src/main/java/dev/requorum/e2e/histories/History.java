package dev.requorum.e2e.histories;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** All operations of all clients, in the order in which they returned, on one clock. */
final class History {

  private final Instant began = Instant.now();
  private final long origin = System.nanoTime();
  private final List<Operation> operations = new ArrayList<>();

  /** Nanoseconds since it began. */
  long now() {
    return System.nanoTime() - origin;
  }

  /** The same for a time that this machine's wall clock told. */
  long at(Instant instant) {
    return Duration.between(began, instant).toNanos();
  }

  synchronized void add(Operation operation) {
    operations.add(operation);
  }

  synchronized List<Operation> operations() {
    return List.copyOf(operations);
  }

  synchronized long count(Predicate<Operation> which) {
    return operations.stream().filter(which).count();
  }
}
