#!/usr/bin/env bash
# Prints the path of the administrator's kubeconfig where the cluster is up; exits with 1 where it isn't.
set -euo pipefail
# shellcheck source=SCRIPTDIR/place.sh
. "$(dirname "$0")/place.sh"
# shellcheck source=SCRIPTDIR/processes.sh
. "$cluster/processes.sh"
[ -e "$run/up" ] && started kube-apiserver >/dev/null && echo "$run/admin.kubeconfig"
