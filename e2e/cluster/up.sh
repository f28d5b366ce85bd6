#!/usr/bin/env bash
# Brings up a real Kubernetes of one node on this machine, as root and without Docker, and prints the path of its administrator's
# kubeconfig. Takes about 20 s once the binaries are built. What runs, and what it may be used for: README.md beside this.
#
#   up.sh       goes on with one that is up already
set -euo pipefail
# shellcheck source=SCRIPTDIR/place.sh
. "$(dirname "$0")/place.sh"
# shellcheck source=SCRIPTDIR/../binaries/versions.env
. "$cluster/../binaries/versions.env"

"$cluster/check.sh" || exit 1
bin=$("$cluster/../binaries/ensure.sh" --for cluster)
kubectl() { "$bin/kubectl-$KUBERNETES_VERSION" --kubeconfig "$run/admin.kubeconfig" --request-timeout=5s "$@"; }

if "$cluster/kubeconfig.sh" >/dev/null && kubectl get --raw /readyz >/dev/null 2>&1; then
  say "is up already"
  exec "$cluster/kubeconfig.sh"
fi
"$cluster/down.sh"
mkdir -p "$run"/{log,pki,cni,process} "$data"/{images,volumes}
chmod 700 "$run" "$data"

start() { # start NAME COMMAND...: a process of its own that outlives this script
  local name=$1
  shift
  setsid "$@" >"$run/log/$name.log" 2>&1 </dev/null &
  echo "$! $(process_start $!)" >"$run/process/$name"
}

await() { # await PROCESS WHAT COMMAND...: half a minute at the most
  local process=$1 what=$2 i
  shift 2
  for ((i = 0; i < 150; i++)); do
    "$@" >/dev/null 2>&1 && return
    started "$process" >/dev/null || break
    sleep 0.2
  done
  say "$what: not so; the end of $run/log/$process.log:"
  tail -n 20 "$run/log/$process.log" >&2
  exit 1
}

network() {
  ip link show "$bridge" >/dev/null 2>&1 || ip link add "$bridge" type bridge
  ip address replace "$gateway/24" dev "$bridge"
  ip address replace "$kubernetes_service/32" dev "$bridge"
  ip link set "$bridge" up
  cat >"$run/cni/10-requorum.conflist" <<END
{"cniVersion": "0.4.0", "name": "requorum", "plugins": [{
  "type": "bridge", "bridge": "$bridge", "isGateway": true, "hairpinMode": true,
  "ipam": {"type": "host-local", "ranges": [[{"subnet": "$pods"}]], "routes": [{"dst": "0.0.0.0/0"}], "dataDir": "$run/ipam"}
}]}
END
}

token() { openssl rand -hex 24; }

kubeconfig() { # kubeconfig FILE TOKEN
  (umask 077 && cat >"$run/$1.kubeconfig") <<END
apiVersion: v1
kind: Config
clusters: [{name: requorum, cluster: {server: "https://$kubernetes_service", certificate-authority: "$run/pki/apiserver.crt"}}]
users: [{name: "$1", user: {token: "$2"}}]
contexts: [{name: requorum, context: {cluster: requorum, user: "$1"}}]
current-context: requorum
END
}

credentials() {
  local admin manager scheduler kubelet
  admin=$(token) manager=$(token) scheduler=$(token) kubelet=$(token)
  (umask 077 && cat >"$run/pki/tokens.csv") <<END
$admin,admin,admin,"system:masters"
$manager,system:kube-controller-manager,manager
$scheduler,system:kube-scheduler,scheduler
$kubelet,system:node:$node,kubelet,"system:nodes"
END
  kubeconfig admin "$admin"
  kubeconfig kube-controller-manager "$manager"
  kubeconfig kube-scheduler "$scheduler"
  kubeconfig kubelet "$kubelet"
  cd "$run/pki"
  openssl genrsa -out sa.key 2048 2>/dev/null
  openssl rsa -in sa.key -pubout -out sa.pub 2>/dev/null
  # How the API server shows the kubelet that it may ask for logs and exec.
  openssl req -x509 -newkey rsa:2048 -nodes -days 30 -subj /CN=requorum-kubelet-clients -keyout ca.key -out ca.crt 2>/dev/null
  openssl req -newkey rsa:2048 -nodes -subj /CN=kube-apiserver -keyout client.key -out client.csr 2>/dev/null
  openssl x509 -req -in client.csr -CA ca.crt -CAkey ca.key -CAcreateserial -days 30 -out client.crt \
    -extfile <(echo extendedKeyUsage=clientAuth) 2>/dev/null
  cd - >/dev/null
}

control_plane() {
  local newest=${ETCD_VERSIONS%% *}
  start etcd "$bin/etcd-$newest" --data-dir "$run/etcd" \
    --listen-client-urls http://127.0.0.1:22379 --advertise-client-urls http://127.0.0.1:22379 \
    --listen-peer-urls http://127.0.0.1:22380 --initial-advertise-peer-urls http://127.0.0.1:22380 \
    --initial-cluster default=http://127.0.0.1:22380 --unsafe-no-fsync
  start kube-apiserver "$bin/kube-apiserver-$KUBERNETES_VERSION" --etcd-servers=http://127.0.0.1:22379 \
    --bind-address="$kubernetes_service" --secure-port=443 --advertise-address="$gateway" --cert-dir="$run/pki" \
    --service-account-issuer=https://kubernetes.default.svc --service-account-key-file="$run/pki/sa.pub" \
    --service-account-signing-key-file="$run/pki/sa.key" --token-auth-file="$run/pki/tokens.csv" \
    --authorization-mode=Node,RBAC --enable-admission-plugins=NodeRestriction --anonymous-auth=false \
    --kubelet-client-certificate="$run/pki/client.crt" --kubelet-client-key="$run/pki/client.key" \
    --kubelet-preferred-address-types=InternalIP --service-cluster-ip-range="$services" --allow-privileged=true
  await kube-apiserver "the API server is ready" kubectl get --raw /readyz
  start kube-controller-manager "$bin/kube-controller-manager-$KUBERNETES_VERSION" \
    --kubeconfig="$run/kube-controller-manager.kubeconfig" --service-account-private-key-file="$run/pki/sa.key" \
    --root-ca-file="$run/pki/apiserver.crt" --use-service-account-credentials --leader-elect=false \
    --bind-address=127.0.0.1 --cert-dir="$run/pki/kube-controller-manager"
  start kube-scheduler "$bin/kube-scheduler-$KUBERNETES_VERSION" --kubeconfig="$run/kube-scheduler.kubeconfig" \
    --leader-elect=false --bind-address=127.0.0.1 --cert-dir="$run/pki/kube-scheduler"
}

runtime() {
  cat >"$run/containerd.toml" <<END
version = 2
root = "$data/containerd"
state = "$run/containerd"
[grpc]
  address = "$socket"
[plugins."io.containerd.grpc.v1.cri"]
  sandbox_image = "registry.k8s.io/pause:3.10"
  # Without CAP_SYS_RESOURCE runc can't lower oom_score_adj, and no pod would start.
  restrict_oom_score_adj = true
  [plugins."io.containerd.grpc.v1.cri".containerd.runtimes.runc]
    runtime_type = "io.containerd.runc.v2"
    [plugins."io.containerd.grpc.v1.cri".containerd.runtimes.runc.options]
      SystemdCgroup = false
  [plugins."io.containerd.grpc.v1.cri".cni]
    bin_dir = "$CNI_PLUGINS"
    conf_dir = "$run/cni"
END
  start containerd containerd --config "$run/containerd.toml"
  await containerd "containerd answers" ctr --address "$socket" version
}

images() {
  local version
  made "$data/images/pause.tar" "$bin/pause" registry.k8s.io/pause:3.10 /pause "$bin/pause=/pause"
  for version in $ETCD_VERSIONS; do
    made "$data/images/etcd-$version.tar" "$bin/etcd-$version" "gcr.io/etcd-development/etcd:v$version" /usr/local/bin/etcd \
      "$bin/etcd-$version=/usr/local/bin/etcd" "$bin/etcdctl-$version=/usr/local/bin/etcdctl" \
      "$bin/etcdutl-$version=/usr/local/bin/etcdutl"
  done
}

made() { # made ARCHIVE OF NAME COMMAND FILES...: makes it where it isn't newer than OF, and imports it
  local archive=$1 of=$2
  shift 2
  [ "$archive" -nt "$(readlink -f "$of")" ] || "$cluster/image.sh" "$archive" "$@"
  import "$archive"
}

kubelet() {
  cat >"$run/kubelet.yaml" <<END
apiVersion: kubelet.config.k8s.io/v1beta1
kind: KubeletConfiguration
address: $gateway
authentication: {anonymous: {enabled: false}, webhook: {enabled: false}, x509: {clientCAFile: "$run/pki/ca.crt"}}
authorization: {mode: AlwaysAllow}
cgroupDriver: cgroupfs
failCgroupV1: false
failSwapOn: false
localStorageCapacityIsolation: false
enforceNodeAllocatable: []
evictionHard: {nodefs.available: "1%", imagefs.available: "1%", memory.available: "50Mi"}
clusterDNS: ["$gateway"]
clusterDomain: cluster.local
containerRuntimeEndpoint: unix://$socket
healthzBindAddress: 127.0.0.1
END
  start kubelet "$bin/kubelet-$KUBERNETES_VERSION" --config="$run/kubelet.yaml" --kubeconfig="$run/kubelet.kubeconfig" \
    --hostname-override="$node" --node-ip="$gateway" --root-dir="$data/kubelet" --cert-dir="$run/pki/kubelet"
}

addons() {
  cat >"$run/Corefile" <<END
cluster.local:53 {
  bind $gateway
  errors
  kubernetes cluster.local in-addr.arpa {
    kubeconfig $run/admin.kubeconfig requorum
    pods insecure
    ttl 0
  }
}
END
  start coredns "$bin/coredns" -conf "$run/Corefile"
  start volumes "$bin/volumes" --kubeconfig "$run/admin.kubeconfig" --root "$data/volumes" --node "$node"
  kubectl apply -f - >/dev/null <<END
apiVersion: storage.k8s.io/v1
kind: StorageClass
metadata: {name: standard, annotations: {storageclass.kubernetes.io/is-default-class: "true"}}
provisioner: requorum.dev/node-directory
volumeBindingMode: WaitForFirstConsumer
END
}

ready() { [ "$(kubectl get node "$node" -o 'jsonpath={.status.conditions[?(@.type=="Ready")].status}')" = True ]; }
default_account() { kubectl get serviceaccount default --namespace default; }

CNI_PLUGINS=$("$cluster/check.sh" --print-cni)
say "network $pods on bridge $bridge"
network
credentials
say "control plane: etcd, kube-apiserver, kube-controller-manager, kube-scheduler $KUBERNETES_VERSION"
control_plane
say "containerd and images of etcd $ETCD_VERSIONS"
runtime
images
say "kubelet, DNS, volumes"
kubelet
addons
await kubelet "node $node is Ready" ready
await kube-controller-manager "pods may be made" default_account
touch "$run/up"
say "up after $SECONDS s"
echo "$run/admin.kubeconfig"
