#!/usr/bin/env bash
# Runs a program on a host of its own in the pods' network, beside the nodes: it reaches pods and API server as a pod does, and can be cut
# off as one (cut.sh). There is one such host; down.sh removes it.
#
#   host.sh COMMAND...     the program takes this process's place
#   host.sh --address      prints the host's address
set -euo pipefail
# shellcheck source=SCRIPTDIR/place.sh
. "$(dirname "$0")/place.sh"
# shellcheck source=SCRIPTDIR/processes.sh
. "$cluster/processes.sh"
if [ "${1:-}" = --address ]; then
  echo "$host_address"
  exit
fi
[ "$#" -gt 0 ] || die "host.sh takes a command"
started kube-apiserver >/dev/null || die "there is no cluster here ($run): start it with make cluster"
if ! [ -e "/run/netns/$host" ]; then
  ip netns add "$host"
  ip link add "$host" type veth peer name eth0 netns "$host"
  ip link set "$host" master "$bridge" up
  ip -n "$host" address add "$host_address/16" dev eth0
  ip -n "$host" link set lo up
  ip -n "$host" link set eth0 up
  ip -n "$host" route add default via "$gateway"
fi
exec ip netns exec "$host" "$@"
