#!/usr/bin/env bash
# Says what is missing on this machine for a cluster of its own, all of it at once, and what to install.
#
#   check.sh                    exits with 1 where something is missing
#   check.sh --print-cni        prints where the CNI plugins are
#   check.sh --print-packages   prints the packages of Debian and Ubuntu that are missing
set -u
# shellcheck source=SCRIPTDIR/place.sh
. "$(dirname "$0")/place.sh"
# shellcheck source=SCRIPTDIR/processes.sh
. "$cluster/processes.sh"
cni=""
for directory in /usr/lib/cni /opt/cni/bin; do
  if [ -x "$directory/bridge" ] && [ -x "$directory/host-local" ] && [ -x "$directory/loopback" ]; then cni=$directory; fi
done
if [ "${1:-}" = --print-cni ]; then
  echo "$cni"
  exit
fi
packages=()
for tool in containerd:containerd ctr:containerd runc:runc ip:iproute2 openssl:openssl flock:util-linux nsenter:util-linux; do
  command -v "${tool%%:*}" >/dev/null || packages+=("${tool#*:}")
done
[ -n "$cni" ] || packages+=(containernetworking-plugins)
if [ "${1:-}" = --print-packages ]; then
  [ ${#packages[@]} -eq 0 ] || printf '%s\n' "${packages[@]}" | sort -u
  exit
fi

other_kubelets() { # what runs of them, not what has ended and is still in the table of processes
  local process name
  for process in /proc/[0-9]*; do
    name=$(cat "$process/comm" 2>/dev/null)
    case "$name" in
      kubelet* | k3s-server | k3s-agent | k0s) [ -z "$(process_start "${process##*/}")" ] || printf '%s ' "$name" ;;
    esac
  done
}

missing=0
complain() {
  missing=1
  say "$*"
}
[ "$(uname -s)" = Linux ] || complain "this needs Linux (here: $(uname -s))"
[ "$(id -u)" = 0 ] || complain "a kubelet needs root, and this is $(id -un): run it with sudo, or name a cluster of yours in KUBECONFIG"
[ ${#packages[@]} -eq 0 ] ||
  complain "not installed:$(printf ' %s\n' "${packages[@]}" | sort -u | tr -d '\n') (on Debian or Ubuntu make cluster-tools installs them)"
built=${REQUORUM_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/requorum}/bin
if [ ! -x "$built/coredns" ] || [ ! -x "$built/volumes" ] || [ ! -x "$built/pause" ]; then
  command -v go >/dev/null || complain "Go is missing: CoreDNS, the volumes' provisioner and the pause container are built with it, once"
fi
if ! started kube-apiserver >/dev/null; then
  kubelets=$(other_kubelets)
  [ -z "$kubelets" ] ||
    complain "another kubelet runs on this machine (${kubelets% }): the two would end each other's pods; name its cluster in KUBECONFIG instead"
  taken=$({ ip -o -4 route show to root "$pods" && ip -o -4 route show to root "$services"; } 2>/dev/null | grep -v " $bridge ")
  [ -z "$taken" ] || complain "addresses of the cluster are in use here: $taken"
fi
exit "$missing"
