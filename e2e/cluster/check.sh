#!/usr/bin/env bash
# Says what is missing on this machine for a cluster of its own, all of it at once, and what to install.
#
#   check.sh              exits with 1 where something is missing
#   check.sh --print-cni  prints where the CNI plugins are
set -u
# shellcheck source=SCRIPTDIR/place.sh
. "$(dirname "$0")/place.sh"
cni=""
for directory in /usr/lib/cni /opt/cni/bin; do
  if [ -x "$directory/bridge" ] && [ -x "$directory/host-local" ] && [ -x "$directory/loopback" ]; then cni=$directory; fi
done
if [ "${1:-}" = --print-cni ]; then
  echo "$cni"
  exit
fi
missing=0
complain() {
  missing=1
  say "$*"
}
[ "$(uname -s)" = Linux ] || complain "this needs Linux (here: $(uname -s))"
[ "$(id -u)" = 0 ] || complain "a kubelet needs root, and this is $(id -un): run it with sudo, or name a cluster of yours in KUBECONFIG"
packages=()
for tool in containerd:containerd ctr:containerd runc:runc ip:iproute2 openssl:openssl; do
  command -v "${tool%%:*}" >/dev/null || packages+=("${tool#*:}")
done
[ -n "$cni" ] || packages+=(containernetworking-plugins)
[ ${#packages[@]} -eq 0 ] ||
  complain "not installed:$(printf ' %s\n' "${packages[@]}" | sort -u | tr -d '\n') (on Debian or Ubuntu make cluster-tools installs them)"
exit "$missing"
