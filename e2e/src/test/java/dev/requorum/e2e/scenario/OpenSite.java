package dev.requorum.e2e.scenario;

import dev.requorum.e2e.world.SharedWorld;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;

/** The one site of the tests' JVM, opened at its first use and closed after the last test. */
public record OpenSite(Site site) implements AutoCloseable {

  /**
   * The site of this run. One that could not be opened is not tried again: every stage fails with
   * the same cause.
   */
  public static Site of(ExtensionContext context) {
    return context
        .getRoot()
        .getStore(Namespace.create(OpenSite.class))
        .getOrComputeIfAbsent(
            OpenSite.class, key -> new OpenSite(Site.open(SharedWorld::get)), OpenSite.class)
        .site();
  }

  @Override
  public void close() {
    site.close();
  }
}
