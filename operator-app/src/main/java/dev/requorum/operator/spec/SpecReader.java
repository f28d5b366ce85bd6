package dev.requorum.operator.spec;

import dev.requorum.core.recovery.RecoveryPolicy;
import dev.requorum.operator.api.EtcdCluster;
import dev.requorum.operator.api.EtcdClusterSpec;
import dev.requorum.operator.api.OwnedOptions;
import dev.requorum.operator.api.StorageSpec;
import dev.requorum.ports.ClusterGoal;
import dev.requorum.ports.ClusterRef;
import dev.requorum.ports.RecoveryWish;
import io.fabric8.kubernetes.api.model.Quantity;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;

/**
 * Reads manifests. What the CustomResourceDefinition refuses is refused here too: the one installed
 * may be another operator's.
 */
public final class SpecReader {

  private static final BigDecimal SMALLEST_VOLUME = BigDecimal.valueOf(1 << 20);

  /** What a manifest comes to. */
  public sealed interface Reading {}

  /** It can be had. */
  public record Accepted(ClusterRequest request) implements Reading {}

  /**
   * It can't.
   *
   * @param why names the field, and what would be valid
   * @param recovery what can still be told for the cluster that is there, should it need to be
   *     recovered: of {@code spec.recovery} all that can be read, and for the rest what {@link
   *     RecoveryAsked} says; empty where the size cannot be read
   */
  public record Refused(String why, Optional<RecoveryRequest> recovery) implements Reading {}

  private final RecoveryPolicy defaults;
  private final String imageRegistry;

  /**
   * @param defaults the policy where a manifest says nothing else
   * @param imageRegistry the image, without its tag, where a manifest names none
   */
  public SpecReader(RecoveryPolicy defaults, String imageRegistry) {
    this.defaults = defaults;
    this.imageRegistry = imageRegistry;
  }

  /** Reads the manifest; changes nothing. */
  public Reading read(EtcdCluster cluster) {
    try {
      return new Accepted(request(cluster));
    } catch (InvalidSpecException e) {
      return new Refused(e.getMessage(), whatCanBeTold(cluster));
    }
  }

  private Optional<RecoveryRequest> whatCanBeTold(EtcdCluster cluster) {
    EtcdClusterSpec spec = cluster.getSpec();
    if (spec == null || !hasSize(spec)) {
      return Optional.empty();
    }
    return Optional.of(recovery(cluster, asked(cluster)));
  }

  private RecoveryAsked asked(EtcdCluster cluster) {
    return RecoverySpecReader.read(cluster.getSpec().recovery, defaults);
  }

  private static RecoveryRequest recovery(EtcdCluster cluster, RecoveryAsked asked) {
    RecoveryWish wish =
        new RecoveryWish(
            asked.mode(), asked.strategy(), annotation(cluster, EtcdCluster.APPROVE_RECOVERY));
    ClusterGoal goal =
        new ClusterGoal(
            new ClusterRef(cluster.getMetadata().getNamespace(), cluster.getMetadata().getName()),
            cluster.getSpec().size,
            ClusterGoal.Scheme.HTTP,
            annotation(cluster, EtcdCluster.ACKNOWLEDGE_DATA_LOSS),
            wish);
    return new RecoveryRequest(goal, asked.policy());
  }

  private static Optional<String> annotation(EtcdCluster cluster, String key) {
    return Optional.ofNullable(cluster.getMetadata().getAnnotations())
        .map(annotations -> annotations.get(key))
        .map(String::strip)
        .filter(value -> !value.isEmpty());
  }

  private static boolean hasSize(EtcdClusterSpec spec) {
    return spec.size != null && spec.size >= 1 && spec.size <= EtcdClusterSpec.LARGEST;
  }

  private ClusterRequest request(EtcdCluster cluster) {
    EtcdClusterSpec spec = cluster.getSpec();
    require(spec != null, "spec is required: give at least spec.size and spec.version");
    require(
        hasSize(spec),
        "spec.size must be from 1 to %d, not %s".formatted(EtcdClusterSpec.LARGEST, spec.size));
    EtcdVersion version =
        EtcdVersion.parse(spec.version)
            .orElseThrow(
                () ->
                    new InvalidSpecException(
                        "spec.version must be a version of etcd such as v3.6.16, not "
                            + spec.version));
    require(
        version.compareTo(EtcdVersion.OLDEST) >= 0,
        "spec.version must be %s or newer, not %s".formatted(EtcdVersion.OLDEST, version));
    require(
        spec.tls == null,
        "spec.tls is not supported yet: the cluster is not served, least of all in plain text;"
            + " take spec.tls out of the manifest to have it without TLS");
    checkOptions(spec.etcdOptions == null ? List.of() : spec.etcdOptions);
    if (spec.storageSpec != null) {
      checkStorage(spec.storageSpec);
    }
    RecoveryAsked asked = asked(cluster);
    asked
        .refusal()
        .ifPresent(
            why -> {
              throw new InvalidSpecException(why);
            });
    String image = spec.imageRegistry == null ? imageRegistry : spec.imageRegistry;
    return new ClusterRequest(recovery(cluster, asked), image + ":" + version.tag());
  }

  private static void checkOptions(List<String> options) {
    List<String> owned = OwnedOptions.among(options);
    require(
        owned.isEmpty(),
        "spec.etcdOptions must not set %s: the operator sets it itself"
            .formatted(String.join(", ", owned)));
  }

  private static void checkStorage(StorageSpec storage) {
    require(
        storage.accessModes == null
            || storage.accessModes.matches("ReadWriteOnce|" + StorageSpec.READ_WRITE_MANY),
        "spec.storageSpec.accessModes must be ReadWriteOnce or ReadWriteMany, not "
            + storage.accessModes);
    require(
        !StorageSpec.READ_WRITE_MANY.equals(storage.accessModes)
            || (storage.pvcName != null && !storage.pvcName.isBlank()),
        "spec.storageSpec.pvcName is required where accessModes is ReadWriteMany");
    require(
        storage.volumeSizeRequest != null
            && bytes(storage.volumeSizeRequest).compareTo(SMALLEST_VOLUME) >= 0,
        "spec.storageSpec.volumeSizeRequest must be at least 1Mi, not "
            + storage.volumeSizeRequest);
    require(
        storage.volumeSizeLimit == null
            || bytes(storage.volumeSizeLimit).compareTo(bytes(storage.volumeSizeRequest)) >= 0,
        "spec.storageSpec.volumeSizeLimit must not be smaller than volumeSizeRequest");
  }

  private static BigDecimal bytes(Quantity quantity) {
    return Quantity.getAmountInBytes(quantity);
  }

  private static void require(boolean holds, String rule) {
    if (!holds) {
      throw new InvalidSpecException(rule);
    }
  }

  private static final class InvalidSpecException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    InvalidSpecException(String rule) {
      super(rule);
    }
  }
}
