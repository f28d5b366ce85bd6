package dev.requorum.e2e.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.requorum.e2e.world.Await;
import dev.requorum.e2e.world.SharedWorld;
import dev.requorum.e2e.world.World;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.Watch;
import io.fabric8.kubernetes.client.Watcher;
import io.fabric8.kubernetes.client.WatcherException;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The proxy between an operator and the API server")
class ApiProxyTest {

  private static final Duration LIMIT = Duration.ofMinutes(2);
  private static final int TIMEOUT_MILLIS = 60_000;
  private static final int CALLS = 60;
  private static final World WORLD = SharedWorld.get();
  private static final String NAMESPACE = "api-proxy";
  private static final ApiTrouble TROUBLE = new ApiTrouble(1);
  private static final ApiProxy PROXY = new ApiProxy(WORLD, TROUBLE);

  private static KubernetesClient client;

  @BeforeAll
  static void connect() {
    WORLD
        .client()
        .resource(
            new NamespaceBuilder().withNewMetadata().withName(NAMESPACE).endMetadata().build())
        .create();
    Config config =
        new ConfigBuilder(Config.empty())
            .withMasterUrl(PROXY.address())
            .withOauthToken(WORLD.client().getConfiguration().getOauthToken())
            .withRequestRetryBackoffLimit(0)
            .withConnectionTimeout(TIMEOUT_MILLIS)
            .withRequestTimeout(TIMEOUT_MILLIS)
            .build();
    client = new KubernetesClientBuilder().withConfig(config).build();
  }

  @AfterAll
  static void disconnect() {
    client.close();
    PROXY.close();
    WORLD.client().namespaces().withName(NAMESPACE).delete();
  }

  @AfterEach
  void noTrouble() {
    TROUBLE.set(ApiTrouble.Kind.NONE);
  }

  @Test
  @DisplayName("passes calls on while there is no trouble, with their bodies and their errors")
  void passesOn() {
    client.resource(configMap("passed", "1")).create();
    assertThat(stored("passed")).isEqualTo("1");
    assertThat(client.configMaps().inNamespace(NAMESPACE).withName("none").get()).isNull();
    assertThatThrownBy(() -> client.resource(configMap("passed", "2")).create())
        .isInstanceOfSatisfying(
            KubernetesClientException.class, e -> assertThat(e.getCode()).isEqualTo(409));
  }

  @Test
  @DisplayName("lets calls fail, and carries some of them out all the same")
  void errors() {
    client.resource(configMap("errors", "0")).create();
    TROUBLE.set(ApiTrouble.Kind.ERRORS);
    Set<Integer> codes = new HashSet<>();
    int carriedOut = 0;
    for (int i = 1; i <= CALLS; i++) {
      try {
        client.resource(configMap("errors", String.valueOf(i))).update();
      } catch (KubernetesClientException failed) {
        codes.add(failed.getCode());
        carriedOut += stored("errors").equals(String.valueOf(i)) ? 1 : 0;
      }
    }
    assertThat(codes).containsExactlyInAnyOrder(500, 503, 429);
    assertThat(carriedOut).isPositive();
  }

  @Test
  @DisplayName("lets changes be in conflict, and nothing else")
  void conflicts() {
    client.resource(configMap("conflicts", "0")).create();
    TROUBLE.set(ApiTrouble.Kind.CONFLICTS);
    Set<Integer> codes = new HashSet<>();
    for (int i = 1; i <= CALLS; i++) {
      assertThat(client.configMaps().inNamespace(NAMESPACE).withName("conflicts").get())
          .isNotNull();
      try {
        client.resource(configMap("conflicts", String.valueOf(i))).update();
      } catch (KubernetesClientException refused) {
        codes.add(refused.getCode());
        assertThat(stored("conflicts")).isNotEqualTo(String.valueOf(i));
      }
    }
    assertThat(codes).containsExactly(409);
  }

  @Test
  @DisplayName("stalls watches, old ones and new ones, which hear everything later")
  void stalls() {
    List<String> old = new CopyOnWriteArrayList<>();
    List<String> young = new CopyOnWriteArrayList<>();
    try (Watch first = watch(old)) {
      client.resource(configMap("watched-1", "1")).create();
      await(old, "watched-1");
      PROXY.stallWatches();
      try (Watch second = watch(young)) {
        client.resource(configMap("watched-2", "1")).create();
        assertThat(stored("watched-2")).isEqualTo("1");
        assertThat(old).doesNotContain("watched-2");
        assertThat(young).doesNotContain("watched-2");
        PROXY.resumeWatches();
        await(old, "watched-2");
        await(young, "watched-2");
        assertThat(List.of(first, second)).doesNotContainNull();
      }
    }
  }

  private static Watch watch(List<String> heard) {
    return client
        .configMaps()
        .inNamespace(NAMESPACE)
        .watch(
            new Watcher<>() {
              @Override
              public void eventReceived(Action action, ConfigMap map) {
                heard.add(map.getMetadata().getName());
              }

              @Override
              public void onClose(WatcherException cause) {
                heard.add("closed");
              }
            });
  }

  private static void await(List<String> heard, String name) {
    Await.until(name + " is heard of", LIMIT, () -> heard.contains(name), () -> heard);
  }

  private static String stored(String name) {
    return WORLD
        .client()
        .configMaps()
        .inNamespace(NAMESPACE)
        .withName(name)
        .require()
        .getData()
        .get("value");
  }

  private static ConfigMap configMap(String name, String value) {
    return new ConfigMapBuilder()
        .withNewMetadata()
        .withName(name)
        .withNamespace(NAMESPACE)
        .endMetadata()
        .addToData("value", value)
        .build();
  }
}
