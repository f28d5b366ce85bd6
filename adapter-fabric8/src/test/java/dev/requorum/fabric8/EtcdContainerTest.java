package dev.requorum.fabric8;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("The container that etcd runs in")
class EtcdContainerTest {

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource({
    "gcr.io/etcd-development/etcd:v3.6.16, v3.6.16",
    "registry.example:5000/etcd:3.5.21, 3.5.21",
    "etcd:v3.6.16@sha256:0a1b, v3.6.16",
    "registry.example:5000/etcd,",
    "registry.example:5000/etcd@sha256:0a1b,",
    "etcd,",
    ",",
  })
  @DisplayName("tells its image's tag, which is neither a registry's port nor a digest")
  void imageTag(String image, String tag) {
    Container sidecar = new ContainerBuilder().withName("sidecar").withImage("other:v1").build();
    Container etcd = new ContainerBuilder().withName("etcd").withImage(image).build();
    assertThat(EtcdContainer.of(List.of(sidecar, etcd)).imageTag())
        .isEqualTo(Optional.ofNullable(tag));
  }
}
