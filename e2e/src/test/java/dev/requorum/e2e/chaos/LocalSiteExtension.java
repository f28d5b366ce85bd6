package dev.requorum.e2e.chaos;

import dev.requorum.e2e.scenario.LocalSite;
import dev.requorum.e2e.scenario.OpenSite;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** The local world as the site that all tests share. */
final class LocalSiteExtension implements BeforeAllCallback {

  private LocalSite site;

  @Override
  public void beforeAll(ExtensionContext context) {
    if (!(OpenSite.of(context) instanceof LocalSite local)) {
      throw new IllegalStateException("faults are struck in the local world only");
    }
    site = local;
  }

  LocalSite site() {
    return site;
  }
}
