# Where the cluster is and what it is made of; read by the scripts beside it.
# shellcheck shell=bash disable=SC2034
cluster=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
run=${REQUORUM_CLUSTER:-/run/requorum-cluster}
data=${REQUORUM_CLUSTER_DATA:-/var/lib/requorum-cluster}
socket=$run/containerd.sock
bridge=requorum0
gateway=10.244.0.1          # the bridge's own address: DNS and the node
pods=10.244.0.0/24
last_pod=10.244.0.239
host=requorum-host           # a host beside the node (host.sh): network namespace and link
host_address=10.244.0.250
services=10.96.0.0/16
kubernetes_service=10.96.0.1 # an address of the bridge too, as there is no kube-proxy
node=node1
PATH=$PATH:/usr/sbin:/sbin

say() { printf 'cluster: %s\n' "$*" >&2; }

die() {
  say "$*"
  exit 1
}

import() { timeout 180 ctr --address "$socket" --namespace k8s.io images import "$1" >/dev/null; }

ours() { [ -e "$1/.requorum-cluster" ]; } # ours DIRECTORY: whether it was made here, and may be removed

lock() { # one at a time brings it up or takes it down
  exec 9>"$run.lock"
  flock -w 120 9 || die "another make cluster or make cluster-down is at it since two minutes"
}

started() { # started NAME: its process id, where it is the one that was started here and still runs
  local pid since
  [ -e "$run/process/$1" ] && read -r pid since <"$run/process/$1" || return 1
  [ -n "$since" ] && [ "$(process_start "$pid")" = "$since" ] && echo "$pid"
}

process_start() { # process_start PID: when it was started, in the kernel's ticks; none of one that has ended
  local stat fields
  read -r stat 2>/dev/null <"/proc/$1/stat" || return 1
  read -ra fields <<<"${stat##*) }"
  [ "${fields[0]}" != Z ] && echo "${fields[19]}"
}
