package dev.requorum.ports.etcd;

import dev.requorum.ports.Fact;
import dev.requorum.ports.PortFailure;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Optional;

/** Reads from one member of a {@link FakeEtcd}; a snapshot is its store as text, and a SHA-256. */
record FakeMemberData(FakeEtcd etcd) implements MemberData {

  @Override
  public long snapshot(MemberEndpoint member, OutputStream to, Duration limit) {
    byte[] database;
    synchronized (etcd) {
      database =
          etcd.answering(member)
              .map(FakeMemberData::bytes)
              .orElseThrow(() -> new PortFailure("take a snapshot", why(member)));
    }
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(database);
      to.write(database);
      to.write(digest);
      return (long) database.length + digest.length;
    } catch (IOException e) {
      throw new PortFailure("take a snapshot of " + member.name() + ": write it", e);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JVM has SHA-256", e);
    }
  }

  @Override
  public Fact<Optional<String>> read(MemberEndpoint member, String key, Duration limit) {
    synchronized (etcd) {
      return etcd.answering(member)
          .map(replica -> Fact.known(Optional.ofNullable(replica.store.get(key))))
          .orElseGet(() -> Fact.unknown(why(member)));
    }
  }

  static byte[] bytes(FakeReplica replica) {
    return (replica.revision + replica.store.toString()).getBytes(StandardCharsets.UTF_8);
  }

  private static String why(MemberEndpoint member) {
    return member.name() + " at " + member.clientUrl() + ": no answer";
  }
}
