#!/usr/bin/env bash
# Brings images into all nodes of the running cluster: load.sh ARCHIVE.tar...
set -euo pipefail
# shellcheck source=SCRIPTDIR/place.sh
. "$(dirname "$0")/place.sh"
[ -e "$run/up" ] || die "there is no cluster here ($run): start it with make cluster"
for archive in "$@"; do
  imports=()
  for node in $(nodes); do
    import "$node" "$archive" &
    imports+=($!)
  done
  for pid in "${imports[@]}"; do wait "$pid" || die "$archive could not be imported on all nodes"; done
  say "imported $(basename "$archive")"
done
