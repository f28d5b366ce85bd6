package dev.requorum.ports.etcd;

import dev.requorum.ports.Outcome;
import java.net.URI;
import java.util.List;

/**
 * Changes to a cluster's membership. Each is idempotent: asking again for what is already so is
 * {@link Outcome.Done}. etcd's own refusals ("unhealthy cluster", "learner is not in sync with
 * leader") come back as {@link Outcome.Refused}; everything else is a {@link
 * dev.requorum.ports.PortFailure}. Each call returns within a bound of the adapter's, 10 s by
 * default.
 */
public interface Membership {

  /**
   * Adds a learner that will be reached at this peer URL; done too where a member with that URL is
   * listed.
   */
  Outcome addLearner(List<MemberEndpoint> endpoints, URI peerUrl);

  /**
   * Makes a learner a voter; done too where it is a voter. Refused where no such member is listed.
   */
  Outcome promote(List<MemberEndpoint> endpoints, MemberId learner);

  /** Removes a member; done too where it is not listed. */
  Outcome remove(List<MemberEndpoint> endpoints, MemberId member);
}
