package dev.requorum.e2e.scenario;

import java.util.Set;
import org.junit.jupiter.api.parallel.ResourceAccessMode;
import org.junit.jupiter.api.parallel.ResourceLocksProvider;
import org.junit.jupiter.api.parallel.Resources;

/**
 * On a cluster one operator serves all scenarios: those that end it are played alone, after all
 * others. In the local world each stage has its own.
 */
public final class SharedOperator implements ResourceLocksProvider {

  private static final Set<Lock> ALONE =
      Set.of(new Lock(Resources.GLOBAL, ResourceAccessMode.READ_WRITE));

  @Override
  public Set<Lock> provideForClass(Class<?> scenarios) {
    boolean ended = scenarios.getAnnotation(OnAnySite.class).endsTheOperator();
    return Site.isCluster() && ended ? ALONE : Set.of();
  }
}
