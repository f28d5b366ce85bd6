#!/usr/bin/env bash
# Brings up a real Kubernetes of three nodes on this machine, as root and without Docker, and prints the path of its administrator's
# kubeconfig. Takes 15 s on a quiet machine once the binaries are built. What runs, and what it may be used for: README.md beside this.
#
#   up.sh            goes on with one that is up already
#   NODES=5 up.sh    another number of nodes, up to 9
set -euo pipefail
# shellcheck source=SCRIPTDIR/place.sh
. "$(dirname "$0")/place.sh"
# shellcheck source=SCRIPTDIR/processes.sh
. "$cluster/processes.sh"
# shellcheck source=SCRIPTDIR/../binaries/versions.env
. "$cluster/../binaries/versions.env"

number=${NODES:-3}
[[ $number =~ ^[1-9]$ ]] || die "NODES must be 1 to 9, not '$number'"
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
mkdir -p "$run"/{log,pki,process,held} "$data"/{images,volumes}
for ((i = 1; i <= number; i++)); do mkdir -p "$run/nodes/node$i"; done
ln -sfn "$bin" "$run/bin"
chmod 700 "$run" "$data"
touch "$run/.requorum-cluster" "$data/.requorum-cluster"

network() {
  # With an address of its own: a bridge without one takes that of a port, which changes as pods come and go, and for half a
  # minute after that pods send to an address that nobody has.
  ip link show "$bridge" >/dev/null 2>&1 || ip link add "$bridge" address 02:72:65:71:00:01 type bridge
  ip address replace "$gateway/16" dev "$bridge"
  ip address replace "$kubernetes_service/32" dev "$bridge"
  ip link set "$bridge" up
  # Where bridged packets go through iptables, and Docker for one drops what it does not know.
  if command -v iptables >/dev/null && [ "$(cat /proc/sys/net/bridge/bridge-nf-call-iptables 2>/dev/null)" = 1 ]; then
    iptables -C FORWARD -i "$bridge" -o "$bridge" -j ACCEPT 2>/dev/null || iptables -I FORWARD -i "$bridge" -o "$bridge" -j ACCEPT
  fi
}

token() { openssl rand -hex 24; }

kubeconfig() { # kubeconfig USER TOKEN [FILE]
  (umask 077 && cat >"${3:-$run/$1.kubeconfig}") <<END
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
  local admin manager scheduler kubelet node
  admin=$(token) manager=$(token) scheduler=$(token)
  (umask 077 && cat >"$run/pki/tokens.csv") <<END
$admin,admin,admin,"system:masters"
$manager,system:kube-controller-manager,manager
$scheduler,system:kube-scheduler,scheduler
END
  for node in $(nodes); do
    kubelet=$(token)
    echo "$kubelet,system:node:$node,$node,\"system:nodes\"" >>"$run/pki/tokens.csv"
    kubeconfig kubelet "$kubelet" "$run/nodes/$node/kubeconfig"
  done
  kubeconfig admin "$admin"
  kubeconfig kube-controller-manager "$manager"
  kubeconfig kube-scheduler "$scheduler"
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
    --node-monitor-grace-period=20s --node-monitor-period=1s \
    --bind-address=127.0.0.1 --cert-dir="$run/pki/kube-controller-manager"
  start kube-scheduler "$bin/kube-scheduler-$KUBERNETES_VERSION" --kubeconfig="$run/kube-scheduler.kubeconfig" \
    --leader-elect=false --bind-address=127.0.0.1 --cert-dir="$run/pki/kube-scheduler"
}

images() {
  local version
  archives=()
  made "$data/images/pause.tar" "$bin/pause" registry.k8s.io/pause:3.10 /pause "$bin/pause=/pause"
  for version in $ETCD_VERSIONS; do
    made "$data/images/etcd-$version.tar" "$bin/etcd-$version" "gcr.io/etcd-development/etcd:v$version" /usr/local/bin/etcd \
      "$bin/etcd-$version=/usr/local/bin/etcd" "$bin/etcdctl-$version=/usr/local/bin/etcdctl" \
      "$bin/etcdutl-$version=/usr/local/bin/etcdutl"
  done
}

made() { # made ARCHIVE OF NAME COMMAND FILES...: makes it where it isn't newer than OF
  local archive=$1 of=$2
  shift 2
  [ "$archive" -nt "$(readlink -f "$of")" ] || "$cluster/image.sh" "$archive" "$@"
  archives+=("$archive")
}

boot() { # boot NODE: with all images
  local archive
  "$cluster/node.sh" on "$1"
  for archive in "${archives[@]}"; do import "$1" "$archive"; done
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
  start volumes "$bin/volumes" --kubeconfig "$run/admin.kubeconfig" --root "$data/volumes"
  kubectl apply -f - >/dev/null <<END
apiVersion: storage.k8s.io/v1
kind: StorageClass
metadata: {name: standard, annotations: {storageclass.kubernetes.io/is-default-class: "true"}}
provisioner: requorum.dev/node-directory
volumeBindingMode: WaitForFirstConsumer
END
}

ready() { [ "$(kubectl get node "$1" -o 'jsonpath={.status.conditions[?(@.type=="Ready")].status}')" = True ]; }
names_are_served() { : <"/dev/tcp/$gateway/53"; }
volumes_are_made() { grep -q "Started provisioner controller" "$run/log/volumes.log"; }
default_account() { kubectl get serviceaccount default --namespace default; }

say "network $pods on bridge $bridge"
network
credentials
say "control plane: etcd, kube-apiserver, kube-controller-manager, kube-scheduler $KUBERNETES_VERSION"
control_plane
say "DNS, volumes, images of etcd $ETCD_VERSIONS"
addons
images
say "$number nodes: containerd and kubelet"
boots=()
for node in $(nodes); do
  boot "$node" &
  boots+=($!)
done
for pid in "${boots[@]}"; do wait "$pid" || die "not all nodes could be started"; done
for node in $(nodes); do await "kubelet-$node" "$node is Ready" ready "$node"; done
await kube-controller-manager "pods may be made" default_account
await coredns "DNS answers at $gateway" names_are_served
await volumes "volumes are provisioned" volumes_are_made
await kube-scheduler "pods are scheduled" started kube-scheduler
touch "$run/up"
say "up after $SECONDS s"
echo "$run/admin.kubeconfig"
