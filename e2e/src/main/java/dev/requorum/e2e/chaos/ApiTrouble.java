package dev.requorum.e2e.chaos;

import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.Set;

/** What becomes of an operator's calls to the API server, call by call, drawn from a seed. */
final class ApiTrouble {

  /** A kind of trouble that can be switched on. */
  enum Kind {
    /** None. */
    NONE,
    /** Every other call fails, with 500, 503 or 429; some of them have been carried out. */
    ERRORS,
    /** Every other change is refused as in conflict with another one (409). */
    CONFLICTS
  }

  /** What becomes of one call. */
  record Fate(Kind kind, int code) {

    /** The kinds of it. */
    enum Kind {
      /** It goes through. */
      PASSES,
      /** The API server never hears of it. */
      REFUSED,
      /** The API server carries it out, and the caller is told that it failed. */
      DONE_AND_DENIED
    }

    Fate {
      Objects.requireNonNull(kind, "kind");
    }
  }

  private static final Fate PASSES = new Fate(Fate.Kind.PASSES, 0);
  private static final int CONFLICT = 409;
  private static final List<Integer> ERRORS = List.of(500, 503, 429);

  /** A POST in conflict would mean that the object is there already, which would be a lie. */
  private static final Set<String> CHANGES = Set.of("PUT", "PATCH");

  private final Random random;
  private Kind kind = Kind.NONE;

  ApiTrouble(long seed) {
    this.random = new Random(seed);
  }

  synchronized void set(Kind wanted) {
    kind = Objects.requireNonNull(wanted, "wanted");
  }

  /**
   * @param watch whether it is a watch, which is stalled rather than refused
   */
  synchronized Fate fateOf(String method, boolean watch) {
    if (watch || random.nextBoolean()) {
      return PASSES;
    }
    return switch (kind) {
      case NONE -> PASSES;
      case CONFLICTS -> CHANGES.contains(method) ? new Fate(Fate.Kind.REFUSED, CONFLICT) : PASSES;
      case ERRORS -> error(method);
    };
  }

  private Fate error(String method) {
    int code = ERRORS.get(random.nextInt(ERRORS.size()));
    boolean denied = code == ERRORS.get(0) && !method.equals("GET") && random.nextBoolean();
    return new Fate(denied ? Fate.Kind.DONE_AND_DENIED : Fate.Kind.REFUSED, code);
  }

  static boolean isWatch(String uri) {
    return uri.contains("watch=true");
  }

  /** What the API server says with such a status code. */
  static String status(int code) {
    String reason =
        switch (code) {
          case CONFLICT -> "Conflict";
          case 429 -> "TooManyRequests";
          case 503 -> "ServiceUnavailable";
          default -> "InternalError";
        };
    return "{\"kind\":\"Status\",\"apiVersion\":\"v1\",\"status\":\"Failure\",\"message\":\"chaos\",\"reason\":\"%s\",\"code\":%d}"
        .formatted(reason, code);
  }
}
