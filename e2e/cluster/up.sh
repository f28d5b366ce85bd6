#!/usr/bin/env bash
# Brings up a real Kubernetes of one node on this machine, as root and without Docker, and prints the path of its administrator's
# kubeconfig. Takes 10 s on a quiet machine once the binaries are built. What runs, and what it may be used for: README.md beside this.
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
answers() { kubectl get --raw /readyz >/dev/null 2>&1; }

lock
if "$cluster/kubeconfig.sh" >/dev/null; then
  for ((i = 0; i < 12; i++)); do
    if answers; then
      say "is up already"
      exec "$cluster/kubeconfig.sh"
    fi
    sleep 1
  done
  die "is up, but its API server does not answer; see $run/log; make cluster-down ends it"
fi
for place in "$run" "$data"; do
  ours "$place" || [ ! -e "$place" ] || [ -z "$(ls -A "$place")" ] ||
    die "$place is there and not a cluster's: name other places in REQUORUM_CLUSTER and REQUORUM_CLUSTER_DATA"
done
"$cluster/down.sh" --locked # what a run that was cut off has left
mkdir -p "$run"/{log,pki,cni,process} "$data"/{images,volumes}
chmod 700 "$run" "$data"
touch "$run/.requorum-cluster" "$data/.requorum-cluster"

start() { # start NAME COMMAND...: a process of its own that outlives this script
  local name=$1
  shift
  setsid "$@" >"$run/log/$name.log" 2>&1 </dev/null 9>&- &
  echo "$! $(process_start $!)" >"$run/process/$name"
}

await() { # await PROCESS WHAT COMMAND...: a minute at the most
  local process=$1 what=$2 end=$((SECONDS + 60))
  shift 2
  while [ "$SECONDS" -lt "$end" ]; do
    "$@" >/dev/null 2>&1 && return
    started "$process" >/dev/null || break
    sleep 0.2
  done
  say "$what: not so; the end of $run/log/$process.log:"
  tail -n 20 "$run/log/$process.log" >&2
  exit 1
}

network() {
  # With an address of its own: a bridge without one takes that of a port, which changes as pods come and go, and for half a
  # minute after that pods send to an address that nobody has.
  ip link show "$bridge" >/dev/null 2>&1 || ip link add "$bridge" address 02:72:65:71:00:01 type bridge
  ip address replace "$gateway/24" dev "$bridge"
  ip address replace "$kubernetes_service/32" dev "$bridge"
  ip link set "$bridge" up
  # Where bridged packets go through iptables, and Docker for one drops what it does not know.
  if command -v iptables >/dev/null && [ "$(cat /proc/sys/net/bridge/bridge-nf-call-iptables 2>/dev/null)" = 1 ]; then
    iptables -C FORWARD -i "$bridge" -o "$bridge" -j ACCEPT 2>/dev/null || iptables -I FORWARD -i "$bridge" -o "$bridge" -j ACCEPT
  fi
  cat >"$run/cni/10-requorum.conflist" <<END
{"cniVersion": "0.4.0", "name": "requorum", "plugins": [{
  "type": "bridge", "bridge": "$bridge", "isGateway": true, "hairpinMode": true,
  "ipam": {"type": "host-local", "ranges": [[{"subnet": "$pods", "rangeEnd": "$last_pod"}]], "routes": [{"dst": "0.0.0.0/0"}], "dataDir": "$run/ipam"}
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

certificate() { # certificate FILE NAME EXTENSIONS, signed by ca
  openssl req -newkey rsa:2048 -nodes -subj "/CN=$2" -keyout "$1.key" -out "$1.csr" 2>/dev/null
  openssl x509 -req -in "$1.csr" -CA ca.crt -CAkey ca.key -CAcreateserial -days 30 -out "$1.crt" -extfile <(echo "$3") 2>/dev/null
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
  # With these the API server shows the kubelet and etcd who it is; etcd talks to nobody else.
  openssl req -x509 -newkey rsa:2048 -nodes -days 30 -subj /CN=requorum-cluster -keyout ca.key -out ca.crt 2>/dev/null
  certificate client kube-apiserver extendedKeyUsage=clientAuth
  certificate etcd etcd $'extendedKeyUsage=serverAuth,clientAuth\nsubjectAltName=IP:127.0.0.1'
  cd - >/dev/null
}

control_plane() {
  local newest=${ETCD_VERSIONS%% *}
  start etcd "$bin/etcd-$newest" --data-dir "$run/etcd" --unsafe-no-fsync \
    --listen-client-urls https://127.0.0.1:22379 --advertise-client-urls https://127.0.0.1:22379 \
    --listen-peer-urls https://127.0.0.1:22380 --initial-advertise-peer-urls https://127.0.0.1:22380 \
    --initial-cluster default=https://127.0.0.1:22380 \
    --cert-file "$run/pki/etcd.crt" --key-file "$run/pki/etcd.key" --trusted-ca-file "$run/pki/ca.crt" --client-cert-auth \
    --peer-cert-file "$run/pki/etcd.crt" --peer-key-file "$run/pki/etcd.key" --peer-trusted-ca-file "$run/pki/ca.crt" \
    --peer-client-cert-auth
  start kube-apiserver "$bin/kube-apiserver-$KUBERNETES_VERSION" --etcd-servers=https://127.0.0.1:22379 \
    --etcd-cafile="$run/pki/ca.crt" --etcd-certfile="$run/pki/client.crt" --etcd-keyfile="$run/pki/client.key" \
    --bind-address="$kubernetes_service" --secure-port=443 --advertise-address="$gateway" --cert-dir="$run/pki" \
    --service-account-issuer=https://kubernetes.default.svc --service-account-key-file="$run/pki/sa.pub" \
    --service-account-signing-key-file="$run/pki/sa.key" --token-auth-file="$run/pki/tokens.csv" \
    --authorization-mode=Node,RBAC --enable-admission-plugins=NodeRestriction --anonymous-auth=false \
    --kubelet-client-certificate="$run/pki/client.crt" --kubelet-client-key="$run/pki/client.key" \
    --kubelet-preferred-address-types=InternalIP --service-cluster-ip-range="$services" --allow-privileged=true
  await kube-apiserver "the API server is ready" answers
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
  netns_mounts_under_state_dir = true
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
podLogsDir: $data/pod-logs
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
names_are_served() { : <"/dev/tcp/$gateway/53"; }
volumes_are_made() { grep -q "Started provisioner controller" "$run/log/volumes.log"; }
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
await coredns "DNS answers at $gateway" names_are_served
await volumes "volumes are provisioned" volumes_are_made
await kube-scheduler "pods are scheduled" started kube-scheduler
touch "$run/up"
say "up after $SECONDS s"
echo "$run/admin.kubeconfig"
