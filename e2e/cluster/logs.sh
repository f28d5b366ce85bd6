#!/usr/bin/env bash
# Copies the logs of the cluster's processes.
#
#   logs.sh DIRECTORY
set -euo pipefail
# shellcheck source=SCRIPTDIR/place.sh
. "$(dirname "$0")/place.sh"
mkdir -p "$1"
cp "$run"/log/*.log "$1"
