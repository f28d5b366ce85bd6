package dev.requorum.fabric8;

import dev.requorum.ports.Announcement;
import dev.requorum.ports.Announcer;
import dev.requorum.ports.ClusterRef;
import dev.requorum.ports.PortFailure;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.EventBuilder;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.HttpURLConnection;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collections;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * Announces by Kubernetes Events on the EtcdCluster (S09).
 *
 * <p>An Event's name is made of the cluster's uid and the announcement's key, so that a second one
 * of the same key collides, whoever makes it. The API server forgets Events (after an hour unless
 * told otherwise); this process remembers its own last {@value #REMEMBERED} announcements beyond
 * that, another process can't.
 *
 * <p>RBAC: {@code etcdclusters} get; {@code events} create.
 */
public final class Fabric8Announcer implements Announcer {

  private static final int REMEMBERED = 1024;
  private static final String COMPONENT = "requorum";

  private record Made(ClusterRef cluster, String key) {}

  private final ApiServer api;
  private final EtcdClusters clusters;
  private final String instance;
  private final Set<Made> made = Collections.newSetFromMap(Collections.synchronizedMap(bounded()));

  /**
   * @param instance which of the operator's processes this is, such as its pod's name
   */
  public Fabric8Announcer(KubernetesClient client, String instance) {
    this.api = new ApiServer(client);
    this.clusters = new EtcdClusters(api);
    this.instance = instance;
  }

  @Override
  public void announce(ClusterRef cluster, Announcement announcement) {
    Made mark = new Made(cluster, announcement.key());
    if (made.contains(mark)) {
      return;
    }
    String what = "announce " + announcement.reason().word() + " on EtcdCluster " + cluster;
    GenericKubernetesResource subject =
        clusters.find(cluster).orElseThrow(() -> new PortFailure(what, "it does not exist"));
    Event event = event(subject, announcement);
    api.call(what, () -> createOnce(event));
    made.add(mark);
  }

  private boolean createOnce(Event event) {
    try {
      api.client()
          .v1()
          .events()
          .inNamespace(event.getMetadata().getNamespace())
          .resource(event)
          .create();
      return true;
    } catch (KubernetesClientException e) {
      if (e.getCode() == HttpURLConnection.HTTP_CONFLICT) {
        return false;
      }
      throw e;
    }
  }

  private Event event(GenericKubernetesResource subject, Announcement announcement) {
    String at = announcement.at().toString();
    return new EventBuilder()
        .withNewMetadata()
        .withName(eventName(subject, announcement.key()))
        .withNamespace(subject.getMetadata().getNamespace())
        .endMetadata()
        .withNewInvolvedObject()
        .withApiVersion(EtcdClusters.API_VERSION)
        .withKind(EtcdClusters.KIND)
        .withNamespace(subject.getMetadata().getNamespace())
        .withName(subject.getMetadata().getName())
        .withUid(subject.getMetadata().getUid())
        .endInvolvedObject()
        .withType(announcement.warning() ? "Warning" : "Normal")
        .withReason(announcement.reason().word())
        .withMessage(announcement.message())
        .withFirstTimestamp(at)
        .withLastTimestamp(at)
        .withCount(1)
        .withNewSource()
        .withComponent(COMPONENT)
        .endSource()
        .withReportingComponent(COMPONENT)
        .withReportingInstance(instance)
        .build();
  }

  private static String eventName(GenericKubernetesResource subject, String key) {
    String identity = subject.getMetadata().getUid() + "/" + key;
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(identity.getBytes(StandardCharsets.UTF_8));
      return subject.getMetadata().getName() + "." + HexFormat.of().formatHex(digest, 0, 8);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  private static Map<Made, Boolean> bounded() {
    return new LinkedHashMap<>() {
      private static final long serialVersionUID = 1L;

      @Override
      protected boolean removeEldestEntry(Map.Entry<Made, Boolean> eldest) {
        return size() > REMEMBERED;
      }
    };
  }
}
