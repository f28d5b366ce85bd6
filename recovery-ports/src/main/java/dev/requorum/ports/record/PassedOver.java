package dev.requorum.ports.record;

import dev.requorum.ports.etcd.MemberId;
import java.util.Objects;

/**
 * A member that was seen at a later revision than the survivor has, and was waited for in vain. Its
 * volume is not touched before a human acknowledges the loss.
 *
 * @param volumeUid the claim that held its data when the choice was made
 * @param revision the newest revision it was seen at
 */
public record PassedOver(MemberId id, String name, String volumeUid, long revision) {

  public PassedOver {
    Objects.requireNonNull(id, "id");
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(volumeUid, "volumeUid");
  }
}
