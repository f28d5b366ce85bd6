#!/usr/bin/env bash
# Takes down what up.sh brought up, with all its pods and volumes: only processes that it started, and only directories that it
# marked as its own. Exits with 1 where something of it is left.
#
#   down.sh             nothing to do where there is none
#   down.sh --locked    by whoever has the lock already (up.sh)
set -uo pipefail
# shellcheck source=SCRIPTDIR/place.sh
. "$(dirname "$0")/place.sh"
[ -d "$run" ] || exit 0
[ "$(id -u)" = 0 ] || die "taking it down needs root, and this is $(id -un)"
ours "$run" || die "$run is not a cluster's: nothing is touched"
[ "${1:-}" = --locked ] || lock
rm -f "$run/up"
left=0

# At once: nothing of it is needed any more.
stop() { # stop NAME
  local pid i
  pid=$(started "$1") || return 0
  kill -9 "$pid" 2>/dev/null
  for ((i = 0; i < 50; i++)); do
    started "$1" >/dev/null || return 0
    sleep 0.1
  done
  say "$1 (process $pid) does not end"
  left=1
}

containers() { timeout 10 ctr --address "$socket" --namespace k8s.io "$@"; }

shims() { # the processes that hold our containers
  local process
  for process in /proc/[0-9]*; do
    [[ $(readlink "$process/exe") == */containerd-shim* ]] || continue
    tr '\0' '\n' <"$process/cmdline" | grep -qxF -- "$socket" && echo "${process##*/}"
  done 2>/dev/null
}

mounts() { awk -v run="$run/" -v data="$data/" 'index($2, run) == 1 || index($2, data) == 1 { print $2 }' /proc/mounts | sort -r; }

for name in kubelet volumes coredns kube-scheduler kube-controller-manager kube-apiserver; do stop "$name"; done
if started containerd >/dev/null; then
  for task in $(containers tasks ls -q 2>/dev/null); do containers tasks kill -s SIGKILL "$task" >/dev/null 2>&1; done
  for ((i = 0; i < 50; i++)); do
    [ -n "$(containers tasks ls 2>/dev/null | awk '$3 == "RUNNING"')" ] || break
    sleep 0.1
  done
  for container in $(containers containers ls -q 2>/dev/null); do
    containers tasks rm -f "$container" >/dev/null 2>&1
    containers containers rm "$container" >/dev/null 2>&1
  done
fi
for shim in $(shims); do kill -9 "$shim" 2>/dev/null; done
stop containerd
stop etcd
mounts | while read -r mount; do umount -l "$mount"; done
if [ -n "$(mounts)" ]; then
  say "still mounted: $(mounts | tr '\n' ' ')"
  left=1
fi
# No other kubelet was here when it was brought up; what is in use stays by itself.
find /sys/fs/cgroup -depth -type d -path '*/kubepods*' -exec rmdir {} + 2>/dev/null
for pid in $(ip netns pids "$host" 2>/dev/null); do kill -9 "$pid" 2>/dev/null; done
ip netns delete "$host" 2>/dev/null
ip link delete "$bridge" 2>/dev/null
if command -v iptables >/dev/null; then iptables -D FORWARD -i "$bridge" -o "$bridge" -j ACCEPT 2>/dev/null; fi
[ "$left" = 0 ] || die "not all of it could be taken down; what is left is in $run and $data"
rm -rf --one-file-system "$run"
if ours "$data"; then rm -rf --one-file-system "$data"/{containerd,kubelet,volumes,pod-logs}; fi
say "is down"
