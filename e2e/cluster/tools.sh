#!/usr/bin/env bash
# Installs what check.sh asks for, from Debian's or Ubuntu's packages, as root; nothing where all of it is there.
set -euo pipefail
# shellcheck source=SCRIPTDIR/place.sh
. "$(dirname "$0")/place.sh"
"$cluster/check.sh" 2>/dev/null && exit
[ "$(id -u)" = 0 ] || {
  say "installing packages needs root, and this is $(id -un)"
  exit 1
}
command -v apt-get >/dev/null || {
  say "there is no apt-get here: install containerd, runc, the CNI plugins, iproute2 and openssl with your own package manager"
  exit 1
}
say "installing containerd, runc, the CNI plugins, iproute2, openssl"
apt-get update -qq
DEBIAN_FRONTEND=noninteractive apt-get install -qq -y --no-install-recommends \
  containerd runc containernetworking-plugins iproute2 openssl >/dev/null
exec "$cluster/check.sh"
