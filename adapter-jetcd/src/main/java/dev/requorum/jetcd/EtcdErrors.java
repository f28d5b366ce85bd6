package dev.requorum.jetcd;

import io.grpc.Status;
import java.util.concurrent.CompletionException;

/** Reads a failed call: what to say of it, and whether it was etcd's own refusal. */
final class EtcdErrors {

  /** The one refusal that etcd sends as if it were unavailable (its ErrGRPCUnhealthy). */
  private static final String UNHEALTHY = "etcdserver: unhealthy cluster";

  private EtcdErrors() {}

  /**
   * A sentence that is the same each time for the same trouble, so that it can stand in a status.
   */
  static String describe(Throwable error, Limit limit) {
    Throwable cause = error instanceof CompletionException ? error.getCause() : error;
    Status status = Status.fromThrowable(cause);
    if (status.getCode() == Status.Code.DEADLINE_EXCEEDED) {
      return limit.passed();
    }
    String said = status.getDescription();
    if (status.getCause() != null) {
      said = (said == null ? "" : said + ": ") + rootOf(status.getCause());
    }
    return said == null ? status.getCode().toString() : said;
  }

  /**
   * Whether etcd looked at the act and said no, so that nothing was changed. Not so for "no
   * leader", "request timed out" and the like: those say nothing of what became of the act.
   */
  static boolean isRefusal(Status status) {
    return switch (status.getCode()) {
      case FAILED_PRECONDITION, INVALID_ARGUMENT, NOT_FOUND, PERMISSION_DENIED, UNAUTHENTICATED ->
          true;
      case UNAVAILABLE -> UNHEALTHY.equals(status.getDescription());
      case OK,
          CANCELLED,
          UNKNOWN,
          DEADLINE_EXCEEDED,
          ALREADY_EXISTS,
          RESOURCE_EXHAUSTED,
          ABORTED,
          OUT_OF_RANGE,
          UNIMPLEMENTED,
          INTERNAL,
          DATA_LOSS ->
          false;
    };
  }

  private static String rootOf(Throwable error) {
    Throwable root = error;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return root.getMessage() == null ? root.getClass().getSimpleName() : root.getMessage();
  }
}
