package dev.requorum.ports.record;

import java.util.Arrays;

/** How a cluster is rebuilt from its survivor ({@code spec.recovery.strategy}). */
public enum Strategy {
  /**
   * The survivor's database is restored into a new directory beside the original one, as a new
   * cluster with a revision that no client has seen; the original stays as it is.
   */
  RESTORE("Restore"),
  /** The survivor is started in place with {@code --force-new-cluster} (S12). */
  FORCE_NEW_CLUSTER("ForceNewCluster");

  private final String word;

  Strategy(String word) {
    this.word = word;
  }

  /** The name in manifests and in the status. */
  public String word() {
    return word;
  }

  /**
   * The strategy of this word.
   *
   * @throws IllegalArgumentException where there is none
   */
  public static Strategy ofWord(String word) {
    return Arrays.stream(values())
        .filter(strategy -> strategy.word.equals(word))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no strategy is called " + word));
  }
}
