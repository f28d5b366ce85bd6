package dev.requorum.core.growth;

import dev.requorum.ports.etcd.Member;
import dev.requorum.ports.etcd.MemberId;
import dev.requorum.ports.kubernetes.InitialCluster;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What lets exactly one member join.
 *
 * <p>etcd compares the peer URLs of an initial cluster with those of the running one, and looks for
 * its own name in it. So the joining member is there by its name and all others by a name that no
 * pod has: another member that lost its disk meanwhile finds no entry for itself and exits, as it
 * does when the membership is sealed.
 */
final class Ticket {

  private Ticket() {}

  static InitialCluster forMember(MemberId joining, List<Member> members) {
    Map<String, URI> entries = new TreeMap<>();
    for (Member member : members) {
      String name = member.id().equals(joining) ? member.podName() : "not-this-one-" + member.id();
      member.peerUrls().stream().findFirst().ifPresent(url -> entries.put(name, url));
    }
    return new InitialCluster(InitialCluster.State.EXISTING, entries);
  }
}
