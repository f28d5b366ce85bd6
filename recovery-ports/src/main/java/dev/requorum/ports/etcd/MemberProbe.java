package dev.requorum.ports.etcd;

import java.util.List;

/** The etcd witness: asks all members at once and changes nothing. */
public interface MemberProbe {

  /**
   * Asks every endpoint for its status and for the membership as it knows it, and the cluster for a
   * linearizable member list.
   *
   * <p>Guaranteed: one answer for each endpoint; it returns within the longer of the two limits,
   * plus scheduling; a member that does not answer is unknown with the reason, never an exception;
   * one that answers at its peer port alone is told from one that is silent at both. The
   * linearizable list requires a leader, so that it fails at once where the members know of none.
   * Not guaranteed: that all answers are of the same instant.
   *
   * @param endpoints with distinct names; may be empty
   */
  EtcdView probe(List<MemberEndpoint> endpoints, ProbeLimits limits);
}
