# Where the cluster is and what it is made of; read by the scripts beside it.
# shellcheck shell=bash disable=SC2034
cluster=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
run=${REQUORUM_CLUSTER:-/run/requorum-cluster}
data=${REQUORUM_CLUSTER_DATA:-/var/lib/requorum-cluster}
bridge=requorum0
gateway=10.244.0.1           # the bridge's own address: DNS, and the way to the API server
pods=10.244.0.0/16           # of which node 2 and its pods have 10.244.2.0/24, for one
host=requorum-host           # a host beside the nodes (host.sh): network namespace and link
host_address=10.244.0.250
services=10.96.0.0/16
kubernetes_service=10.96.0.1 # an address of the bridge too, as there is no kube-proxy
PATH=$PATH:/usr/sbin:/sbin

say() { printf 'cluster: %s\n' "$*" >&2; }

die() {
  say "$*"
  exit 1
}

ours() { [ -e "$1/.requorum-cluster" ]; } # ours DIRECTORY: whether it was made here, and may be removed

lock() { # one at a time brings it up or takes it down
  exec 9>"$run.lock"
  flock -w 120 9 || die "another make cluster or make cluster-down is at it since two minutes"
}

nodes() { # the names of all nodes, whether they run or not
  local directory
  for directory in "$run"/nodes/*/; do [ ! -d "$directory" ] || basename "$directory"; done
}

address_of() { echo "10.244.${1#node}.1"; } # address_of NODE

socket_of() { echo "$run/nodes/$1/containerd.sock"; } # socket_of NODE: its containerd's

import() { timeout 180 ctr --address "$(socket_of "$1")" --namespace k8s.io images import "$2" >/dev/null; } # import NODE ARCHIVE
