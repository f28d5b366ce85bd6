package dev.requorum.e2e.scenario;

import java.util.function.Supplier;

/** What one assertion found, and whether it holds. */
record Found(boolean holds, String what) {

  static Found of(boolean holds, Object what) {
    return new Found(holds, String.valueOf(what));
  }

  /** Looks; what cannot be looked at does not hold. */
  static RecoveryCheck.Result check(String claim, Supplier<Found> look) {
    try {
      Found found = look.get();
      return new RecoveryCheck.Result(claim, found.holds(), found.what());
    } catch (RuntimeException e) {
      return new RecoveryCheck.Result(claim, false, "could not be looked at: " + e.getMessage());
    }
  }
}
