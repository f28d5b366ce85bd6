package dev.requorum.operator.explain;

/** What was read is no EtcdCluster that can be explained. The message says what it is instead. */
final class NotAClusterException extends Exception {

  private static final long serialVersionUID = 1L;

  NotAClusterException(String message) {
    super(message);
  }
}
