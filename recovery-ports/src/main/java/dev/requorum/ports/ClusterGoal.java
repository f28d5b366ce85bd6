package dev.requorum.ports;

import java.net.URI;
import java.util.Objects;
import java.util.Optional;

/**
 * What the owner of a cluster asked for, as far as membership and recovery are concerned.
 *
 * @param size the number of voting members wanted, 1 or more
 * @param scheme the scheme of the members' URLs
 * @param acknowledgedIncident the incident whose data loss a human acknowledges; empty where none
 * @param recovery what may be done when the quorum is lost
 */
public record ClusterGoal(
    ClusterRef cluster,
    int size,
    Scheme scheme,
    Optional<String> acknowledgedIncident,
    RecoveryWish recovery) {

  /** The annotation of an EtcdCluster by which a human acknowledges an incident's data loss. */
  public static final String ACKNOWLEDGED_BY = "operator.etcd.io/acknowledge-data-loss";

  /** With the recovery that nobody asked to be another. */
  public ClusterGoal(
      ClusterRef cluster, int size, Scheme scheme, Optional<String> acknowledgedIncident) {
    this(cluster, size, scheme, acknowledgedIncident, RecoveryWish.defaults());
  }

  /** The scheme of client and peer URLs. */
  public enum Scheme {
    HTTP("http"),
    HTTPS("https");

    private final String word;

    Scheme(String word) {
      this.word = word;
    }

    /** As it stands in a URL. */
    public String word() {
      return word;
    }
  }

  public ClusterGoal {
    Objects.requireNonNull(cluster, "cluster");
    Objects.requireNonNull(scheme, "scheme");
    Objects.requireNonNull(acknowledgedIncident, "acknowledgedIncident");
    Objects.requireNonNull(recovery, "recovery");
    if (size < 1) {
      throw new IllegalArgumentException("size must be 1 or more, not " + size);
    }
  }

  /**
   * The peer URL under which the member of this ordinal is advertised: its name in the headless
   * Service.
   */
  public URI peerUrl(int ordinal) {
    return URI.create(
        "%s://%s.%s.%s.svc.cluster.local:2380"
            .formatted(
                scheme.word(), cluster.memberName(ordinal), cluster.name(), cluster.namespace()));
  }
}
