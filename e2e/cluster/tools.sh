#!/usr/bin/env bash
# Installs what check.sh asks for, from Debian's or Ubuntu's packages, as root; nothing where all of it is there.
set -euo pipefail
# shellcheck source=SCRIPTDIR/place.sh
. "$(dirname "$0")/place.sh"
mapfile -t packages < <("$cluster/check.sh" --print-packages)
[ ${#packages[@]} -gt 0 ] || exec "$cluster/check.sh"
[ "$(id -u)" = 0 ] || die "installing packages needs root, and this is $(id -un)"
command -v apt-get >/dev/null || die "there is no apt-get here: install what these Debian packages hold: ${packages[*]}"
say "installing ${packages[*]}"
apt-get update -qq
# Where Docker brought its own containerd, that one does as well: nothing may be removed for this.
DEBIAN_FRONTEND=noninteractive apt-get install -qq -y --no-install-recommends --no-remove "${packages[@]}" >/dev/null
exec "$cluster/check.sh"
