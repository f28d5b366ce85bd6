#!/usr/bin/env bash
# Takes down what up.sh brought up, with all its pods and volumes: only processes that it started, and only directories that it
# marked as its own. Exits with 1 where something of it is left.
#
#   down.sh             nothing to do where there is none
#   down.sh --locked    by whoever has the lock already (up.sh)
set -uo pipefail
# shellcheck source=SCRIPTDIR/place.sh
. "$(dirname "$0")/place.sh"
# shellcheck source=SCRIPTDIR/processes.sh
. "$cluster/processes.sh"
[ -d "$run" ] || exit 0
[ "$(id -u)" = 0 ] || die "taking it down needs root, and this is $(id -un)"
ours "$run" || die "$run is not a cluster's: nothing is touched"
[ "${1:-}" = --locked ] || lock
rm -f "$run/up"
left=0

# At once: nothing of it is needed any more.
for name in volumes coredns kube-scheduler kube-controller-manager kube-apiserver etcd; do stop "$name" || left=1; done
nodes_off=()
for node in $(nodes); do
  "$cluster/node.sh" off "$node" 9>&- &
  nodes_off+=($!)
done
for pid in "${nodes_off[@]}"; do wait "$pid" || left=1; done
if [ -n "$(mounts "$run")$(mounts "$data")" ]; then
  say "still mounted: $({ mounts "$run" && mounts "$data"; } | tr '\n' ' ')"
  left=1
fi
find /sys/fs/cgroup -depth -type d -path '*/requorum*' -exec rmdir {} + 2>/dev/null
for pid in $(ip netns pids "$host" 2>/dev/null); do kill -9 "$pid" 2>/dev/null; done
ip netns delete "$host" 2>/dev/null
for node in $(nodes); do ip netns delete "requorum-$node" 2>/dev/null; done
ip link delete "$bridge" 2>/dev/null
if command -v iptables >/dev/null; then iptables -D FORWARD -i "$bridge" -o "$bridge" -j ACCEPT 2>/dev/null; fi
[ "$left" = 0 ] || die "not all of it could be taken down; what is left is in $run and $data"
rm -rf --one-file-system "$run"
if ours "$data"; then rm -rf --one-file-system "$data"/{nodes,volumes}; fi
say "is down"
