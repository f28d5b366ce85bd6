package dev.requorum.e2e.scenario;

/**
 * What {@code etcdctl endpoint status} says of one member.
 *
 * @param clusterId hexadecimal
 * @param memberId hexadecimal
 */
public record MemberStatus(
    String clusterId, String memberId, String leaderId, long revision, boolean learner) {

  /** True where it takes itself for the leader. */
  public boolean leads() {
    return memberId.equals(leaderId);
  }
}
