package dev.requorum.e2e.scenario;

import io.etcd.jetcd.ByteSequence;
import io.etcd.jetcd.Client;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Values that make a member's database large, written by a client in the local world. */
final class Ballast {

  private static final int MEBIBYTE = 1 << 20;

  private final Stage stage;
  private final TestCluster cluster;

  Ballast(Stage stage, TestCluster cluster) {
    this.stage = stage;
    this.cluster = cluster;
  }

  void write(int ordinal, int mebibytes) {
    String address = stage.world().pod(stage.namespace(), cluster.pod(ordinal)).address();
    try (Client client = Client.builder().endpoints("http://%s:2379".formatted(address)).build()) {
      for (int i = 0; i < mebibytes; i++) {
        client
            .getKVClient()
            .put(
                ByteSequence.from("ballast/" + i, StandardCharsets.UTF_8),
                ByteSequence.from(new byte[MEBIBYTE]))
            .get(Stage.LIMIT.toSeconds(), TimeUnit.SECONDS);
      }
    } catch (ExecutionException | TimeoutException e) {
      throw new AssertionError("could not write to " + cluster.pod(ordinal), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
