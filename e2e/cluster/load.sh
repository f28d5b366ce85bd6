#!/usr/bin/env bash
# Brings images into the running cluster's node: load.sh ARCHIVE.tar...
set -euo pipefail
# shellcheck source=SCRIPTDIR/place.sh
. "$(dirname "$0")/place.sh"
started containerd >/dev/null || {
  say "there is no cluster here ($run): start it with make cluster"
  exit 1
}
for archive in "$@"; do
  import "$archive"
  say "imported $(basename "$archive")"
done
