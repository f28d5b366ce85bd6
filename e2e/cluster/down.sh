#!/usr/bin/env bash
# Takes down what up.sh brought up, with all its pods and volumes: only processes that it started, and only its own directories.
set -uo pipefail
# shellcheck source=SCRIPTDIR/place.sh
. "$(dirname "$0")/place.sh"
[ -d "$run" ] || exit 0
rm -f "$run/up"

# At once: nothing of it is needed any more.
stop() { # stop NAME
  local pid i
  pid=$(started "$1") || return
  kill -9 "$pid" 2>/dev/null
  for ((i = 0; i < 50; i++)); do
    started "$1" >/dev/null || return
    sleep 0.1
  done
  say "$1 (process $pid) does not end"
}

containers() { timeout 10 ctr --address "$socket" --namespace k8s.io "$@"; }

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
for shim in $(pgrep -f "containerd-shim.*-address $socket" || true); do kill -9 "$shim" 2>/dev/null; done
stop containerd
stop etcd
for place in "$run" "$data"; do
  awk -v place="$place/" 'index($2, place) == 1 { print $2 }' /proc/mounts | sort -r | while read -r mount; do umount -l "$mount"; done
done
ip link delete "$bridge" 2>/dev/null
rm -rf "$run" "${data:?}"/{containerd,kubelet,volumes}
say "is down"
