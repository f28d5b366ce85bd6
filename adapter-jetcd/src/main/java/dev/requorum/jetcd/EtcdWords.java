package dev.requorum.jetcd;

import dev.requorum.ports.etcd.ClusterId;
import dev.requorum.ports.etcd.Member;
import dev.requorum.ports.etcd.MemberId;
import dev.requorum.ports.etcd.MemberStatus;
import io.etcd.jetcd.api.MemberListResponse;
import io.etcd.jetcd.api.StatusResponse;
import java.net.URI;
import java.util.List;
import java.util.Optional;

/** etcd's messages in the vocabulary of the ports. */
final class EtcdWords {

  private static final long NO_LEADER = 0;

  private EtcdWords() {}

  static MemberStatus status(StatusResponse response) {
    return new MemberStatus(
        new MemberId(response.getHeader().getMemberId()),
        new ClusterId(response.getHeader().getClusterId()),
        leader(response.getLeader()),
        response.getRaftTerm(),
        response.getRaftIndex(),
        response.getRaftAppliedIndex(),
        response.getHeader().getRevision(),
        response.getIsLearner(),
        response.getVersion(),
        response.getDbSize(),
        response.getErrorsList());
  }

  /** Sorted by member id. */
  static List<Member> members(MemberListResponse response) {
    return response.getMembersList().stream().map(EtcdWords::member).sorted().toList();
  }

  private static Member member(io.etcd.jetcd.api.Member member) {
    return new Member(
        new MemberId(member.getID()),
        member.getName(),
        member.getPeerURLsList().stream().map(URI::create).toList(),
        member.getIsLearner());
  }

  private static Optional<MemberId> leader(long id) {
    return id == NO_LEADER ? Optional.empty() : Optional.of(new MemberId(id));
  }
}
