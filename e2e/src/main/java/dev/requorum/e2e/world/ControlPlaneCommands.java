package dev.requorum.e2e.world;

import java.nio.file.Path;
import java.util.List;

/** How the processes of the control plane are called. */
final class ControlPlaneCommands {
  /**
   * All that have to do with a StatefulSet, its pods, volumes, nodes and names, and with who may do
   * what.
   */
  private static final String CONTROLLERS =
      String.join(
          ",",
          "clusterrole-aggregation-controller",
          "disruption-controller",
          "endpointslice-controller",
          "garbage-collector-controller",
          "job-controller",
          "namespace-controller",
          "node-lifecycle-controller",
          "persistentvolume-binder-controller",
          "persistentvolume-protection-controller",
          "persistentvolumeclaim-protection-controller",
          "pod-garbage-collector-controller",
          "root-ca-certificate-publisher-controller",
          "serviceaccount-controller",
          "statefulset-controller",
          "taint-eviction-controller",
          "ttl-after-finished-controller");

  private final WorldOptions options;
  private final Credentials credentials;

  ControlPlaneCommands(WorldOptions options, Credentials credentials) {
    this.options = options;
    this.credentials = credentials;
  }

  static List<String> etcd(WorldOptions options) {
    return List.of(
        options.binaries().newest("etcd").toString(),
        "--name=control-plane",
        "--initial-cluster=control-plane=http://127.0.0.1:2380",
        "--initial-advertise-peer-urls=http://127.0.0.1:2380",
        "--listen-peer-urls=http://127.0.0.1:2380",
        "--listen-client-urls=http://127.0.0.1:2379",
        "--advertise-client-urls=http://127.0.0.1:2379",
        "--data-dir=" + Layout.CONTROL_PLANE_DATA,
        "--unsafe-no-fsync",
        "--log-level=warn");
  }

  List<String> apiServer(String address, int port) {
    return List.of(
        binary("kube-apiserver"),
        "--etcd-servers=http://127.0.0.1:2379",
        "--bind-address=0.0.0.0",
        "--secure-port=" + port,
        "--advertise-address=" + address,
        "--endpoint-reconciler-type=none",
        "--tls-cert-file=" + credentials.certificate,
        "--tls-private-key-file=" + credentials.certificateKey,
        "--token-auth-file=" + credentials.tokens,
        "--anonymous-auth=false",
        "--authorization-mode=RBAC",
        "--service-account-issuer=https://kubernetes.default.svc",
        "--service-account-key-file=" + credentials.serviceAccountPublicKey,
        "--service-account-signing-key-file=" + credentials.serviceAccountKey,
        "--service-cluster-ip-range=10.96.0.0/24",
        "--audit-policy-file=" + AuditLog.writePolicy(),
        "--audit-log-path=" + Layout.AUDIT_LOG,
        "--profiling=false");
  }

  /**
   * Its host path provisioner keeps volumes under /tmp. What it sees there is the world's disks and
   * nothing else, so its binary, which may be under the real /tmp, needs another place.
   */
  List<String> controllerManager(Path kubeconfig) {
    return List.of(
        "unshare",
        "-m",
        "--",
        "sh",
        "-c",
        ": >\"$3\" && mount --bind \"$2\" \"$3\" && mount --bind \"$1\" /tmp && shift 2 && exec \"$@\"",
        "sh",
        Layout.DISKS.toString(),
        binary("kube-controller-manager"),
        Layout.ROOT.resolve("kube-controller-manager").toString(),
        "--kubeconfig=" + kubeconfig,
        "--authentication-kubeconfig=" + kubeconfig,
        "--authorization-kubeconfig=" + kubeconfig,
        "--leader-elect=false",
        "--use-service-account-credentials=true",
        "--service-account-private-key-file=" + credentials.serviceAccountKey,
        "--root-ca-file=" + credentials.certificate,
        "--secure-port=0",
        "--controllers=" + CONTROLLERS,
        "--kube-api-qps=1000",
        "--kube-api-burst=1000",
        "--enable-hostpath-provisioner=true",
        "--node-monitor-period=1s",
        "--node-monitor-grace-period=%ds".formatted(options.nodeGracePeriod().toSeconds()),
        "--node-startup-grace-period=20s",
        "--profiling=false");
  }

  private String binary(String name) {
    return options.binaries().newest(name).toString();
  }
}
