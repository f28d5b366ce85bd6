package dev.requorum.ports.etcd;

import java.net.URI;
import java.util.stream.IntStream;

/** A {@link FakeEtcd} under a contract test; a learner catches up as soon as it starts. */
record FakeCluster(FakeEtcd etcd) implements ClusterUnderTest {

  static FakeCluster healthy(int voters) {
    return new FakeCluster(
        new FakeEtcd(IntStream.range(0, voters).mapToObj(i -> "m" + i).toArray(String[]::new)));
  }

  @Override
  public MemberProbe probe() {
    return etcd.probe();
  }

  @Override
  public Membership membership() {
    return etcd.membership();
  }

  @Override
  public MemberData data() {
    return etcd.data();
  }

  @Override
  public MemberEndpoint endpoint(String name) {
    return FakeEtcd.endpoint(name);
  }

  @Override
  public URI peerUrl(String name) {
    return FakeEtcd.peerUrl(name);
  }

  @Override
  public void kill(String name) {
    etcd.kill(name);
  }

  @Override
  public void hang(String name) {
    etcd.mute(name);
  }

  @Override
  public void start(String name) {
    etcd.start(name);
    etcd.catchUp(name);
  }

  @Override
  public void put(String key, String value) {
    etcd.put(key, value);
  }

  @Override
  public void close() {}
}
