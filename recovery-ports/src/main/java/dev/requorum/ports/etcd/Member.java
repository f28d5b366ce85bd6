package dev.requorum.ports.etcd;

import java.net.URI;
import java.util.List;
import java.util.Objects;

/**
 * One entry of a member list.
 *
 * @param name empty until the member has started for the first time (etcd learns it from the member
 *     itself)
 * @param learner true for a member that does not vote
 */
public record Member(MemberId id, String name, List<URI> peerUrls, boolean learner)
    implements Comparable<Member> {

  public Member {
    Objects.requireNonNull(id, "id");
    Objects.requireNonNull(name, "name");
    peerUrls = List.copyOf(peerUrls);
  }

  /**
   * The name of the pod that this member runs in, known before the member ever started: its own
   * name, else the first label of its peer URL's host, else empty.
   */
  public String podName() {
    if (!name.isEmpty()) {
      return name;
    }
    return peerUrls.stream()
        .map(URI::getHost)
        .filter(Objects::nonNull)
        .map(host -> host.split("\\.", 2)[0])
        .findFirst()
        .orElse("");
  }

  @Override
  public int compareTo(Member other) {
    return id.compareTo(other.id);
  }
}
