package dev.requorum.operator;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A part of a stop.
 *
 * @param what is ended
 * @param how may throw
 */
record End(String what, Runnable how) {

  private static final Logger LOG = LoggerFactory.getLogger(End.class);

  /** Never throws a {@link RuntimeException}, so that what is to be ended next is ended too. */
  void run() {
    try {
      how.run();
    } catch (RuntimeException e) {
      LOG.warn("{} did not end in order", what, e);
    }
  }
}
