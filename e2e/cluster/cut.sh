#!/usr/bin/env bash
# Makes packets between a host of the pods' network and all others vanish, in both directions and without an answer, as on a broken line.
# The nodes and the API server are not concerned: Kubernetes sees both sides.
#
#   cut.sh NAME ADDRESS [KEPT...]    the host at ADDRESS exchanges packets with the hosts at KEPT only, until it is healed or cut anew
#   cut.sh --heal NAME ADDRESS       takes back what the cut of this NAME did to the host, and nothing else
#
# Cuts of several names add up. Where no host has ADDRESS (any more), there is nothing to do.
set -euo pipefail
# shellcheck source=SCRIPTDIR/place.sh
. "$(dirname "$0")/place.sh"
heal=""
if [ "${1:-}" = --heal ]; then
  heal=1
  shift
fi
[ "$#" -ge 2 ] || die "cut.sh takes a name, an address, and the addresses that are kept; see its first lines"
name=$1 address=$2
shift 2
[[ $name =~ ^[a-z0-9-]{1,20}$ ]] || die "a cut's name has 1 to 20 of a-z, 0-9 and -, not '$name'"
chain=CUT-$name

host() { # the network namespace of the host at $address
  local file
  for file in "$run"/nodes/*/containerd/io.containerd.grpc.v1.cri/netns/* "/run/netns/$host"; do
    [ -e "$file" ] || continue
    if nsenter --net="$file" ip -o -4 address show 2>/dev/null | grep -qF " $address/"; then
      echo "$file"
      return
    fi
  done
}

in_host() { nsenter --net="$file" "$@"; }

rules() {
  local kept node
  for node in $(nodes); do set -- "$(address_of "$node")" "$@"; done
  printf '*filter\n:%s - [0:0]\n' "$chain"
  printf -- "-A $chain %s -j RETURN\n" "-i lo" "-o lo"
  for kept in "$gateway" "$kubernetes_service" "$@"; do
    [ "$kept" != "$address" ] || continue # all its packets come from it or go to it
    printf -- "-A $chain %s $kept -j RETURN\n" -s -d
  done
  printf -- '-A %s -j DROP\nCOMMIT\n' "$chain"
}

cut_off() {
  local way
  rules "$@" | in_host iptables-restore -w --noflush || return
  for way in INPUT OUTPUT; do
    in_host iptables -w -C "$way" -j "$chain" 2>/dev/null || in_host iptables -w -I "$way" -j "$chain" || return
  done
}

file=$(host)
[ -n "$file" ] || exit 0
if [ -n "$heal" ]; then
  for way in INPUT OUTPUT; do in_host iptables -w -D "$way" -j "$chain" 2>/dev/null || true; done
  if in_host iptables -w -F "$chain" 2>/dev/null; then in_host iptables -w -X "$chain"; fi
elif ! cut_off "$@" && in_host true 2>/dev/null; then # else it went away meanwhile
  die "the host at $address could not be cut off"
fi
