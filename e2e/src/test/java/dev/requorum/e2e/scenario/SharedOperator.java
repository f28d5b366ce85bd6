package dev.requorum.e2e.scenario;

import java.util.Set;
import org.junit.jupiter.api.parallel.ResourceAccessMode;
import org.junit.jupiter.api.parallel.ResourceLocksProvider;

/**
 * On a cluster one operator serves all scenarios: those that end it are played alone. In the local
 * world each stage has its own.
 */
public final class SharedOperator implements ResourceLocksProvider {

  private static final String KEY = "the cluster's operator";

  @Override
  public Set<Lock> provideForClass(Class<?> scenarios) {
    if (!Site.isCluster()) {
      return Set.of();
    }
    boolean ended = scenarios.getAnnotation(OnAnySite.class).endsTheOperator();
    return Set.of(new Lock(KEY, ended ? ResourceAccessMode.READ_WRITE : ResourceAccessMode.READ));
  }
}
