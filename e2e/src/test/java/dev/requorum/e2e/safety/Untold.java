package dev.requorum.e2e.safety;

import dev.requorum.core.engine.Ports;
import dev.requorum.ports.Announcement;
import dev.requorum.ports.Announcer;
import dev.requorum.ports.ClusterRef;
import dev.requorum.ports.Reason;
import dev.requorum.ports.record.RecoveryRecord;

/**
 * Nobody keeps account: what a recovery retained and lost is left out of the record, and its Event
 * is not written.
 */
record Untold(Announcer real) implements Announcer {

  static Ports around(Ports real) {
    return Deceived.by(
        Deceived.by(real, new Untold(real.announcer())),
        new RewrittenRecords(real.records(), told -> told, Untold::withoutLoss));
  }

  private static RecoveryRecord withoutLoss(RecoveryRecord next) {
    return next.withIncident(
        next.incident().map(incident -> new RewrittenIncident(incident).withoutLoss().build()));
  }

  @Override
  public void announce(ClusterRef cluster, Announcement announcement) {
    if (announcement.reason() != Reason.POSSIBLE_DATA_LOSS) {
      real.announce(cluster, announcement);
    }
  }
}
