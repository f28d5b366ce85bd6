package dev.requorum.core.model;

import dev.requorum.ports.etcd.ClusterUnderTest;
import dev.requorum.ports.etcd.MemberData;
import dev.requorum.ports.etcd.MemberEndpoint;
import dev.requorum.ports.etcd.MemberProbe;
import dev.requorum.ports.etcd.MemberProbeContract;
import dev.requorum.ports.etcd.Membership;
import dev.requorum.ports.etcd.MembershipContract;
import dev.requorum.ports.kubernetes.InitialCluster;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;

@DisplayName("The simulated etcd")
class SimulatedEtcdTest {

  @Nested
  @DisplayName("answers as every member probe does")
  class Probe extends MemberProbeContract {
    @Override
    protected ClusterUnderTest healthy(int voters) {
      return new Cluster(voters);
    }
  }

  @Nested
  @DisplayName("changes its membership as every membership does")
  class Members extends MembershipContract {
    @Override
    protected ClusterUnderTest healthy(int voters) {
      return new Cluster(voters);
    }
  }

  /** Processes without Kubernetes around them; each has a claim of its own name. */
  private static final class Cluster implements ClusterUnderTest {

    private final SimulatedEtcd etcd = new SimulatedEtcd();

    Cluster(int voters) {
      etcd.waitsForLeader = true;
      InitialCluster all =
          new InitialCluster(
              InitialCluster.State.NEW,
              IntStream.range(0, voters)
                  .mapToObj(i -> "m" + i)
                  .collect(Collectors.toMap(name -> name, this::peerUrl)));
      all.members().keySet().forEach(name -> start(name, all));
    }

    private void start(String name, InitialCluster told) {
      etcd.start(new MemberStart(name, name, name, name, false, Optional.of(told)));
    }

    @Override
    public void start(String name) {
      Map<String, URI> ticket = new TreeMap<>(Map.of(name, peerUrl(name)));
      etcd.leader()
          .ifPresent(
              leader ->
                  leader.disk.membership.forEach(
                      m -> ticket.putIfAbsent(m.podName(), m.peerUrls().get(0))));
      start(name, new InitialCluster(InitialCluster.State.EXISTING, ticket));
    }

    @Override
    public void kill(String name) {
      etcd.stop(name);
    }

    @Override
    public void hang(String name) {
      etcd.muted.add(name);
    }

    @Override
    public void put(String key, String value) {
      etcd.write();
    }

    @Override
    public MemberProbe probe() {
      return new SimulatedProbe(etcd);
    }

    @Override
    public Membership membership() {
      return new SimulatedMembership(etcd);
    }

    @Override
    public MemberData data() {
      throw new UnsupportedOperationException("the simulated members keep revisions, no keys");
    }

    @Override
    public MemberEndpoint endpoint(String name) {
      return new MemberEndpoint(name, URI.create("http://" + name + ":2379"));
    }

    @Override
    public URI peerUrl(String name) {
      return URI.create("http://" + name + ":2380");
    }

    @Override
    public void close() {}
  }
}
