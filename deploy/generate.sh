#!/usr/bin/env bash
# Writes deploy/install.yaml from deploy/base.
#
#   generate.sh           writes it
#   generate.sh --check   writes nothing; ends with 1, and shows the difference, where it is not what deploy/base makes
#
# kubectl is the one that e2e/binaries/ensure.sh provides, as what another version prints may differ.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
# shellcheck source=SCRIPTDIR/../e2e/binaries/versions.env
. "$here/../e2e/binaries/versions.env"

case "${1:-}" in
  "" | --check) ;;
  *)
    echo "generate.sh: takes nothing or --check, not '$1'" >&2
    exit 2
    ;;
esac
bin=$("$here/../e2e/binaries/ensure.sh" --for cluster kubectl)
new=$(mktemp)
trap 'rm -f "$new"' EXIT
{
  echo "# Generated from deploy/base by deploy/generate.sh. Change it there."
  echo "# Needs Kubernetes 1.31 or newer. Deleting the CustomResourceDefinition in here deletes every EtcdCluster: see docs/install.md."
  "$bin/kubectl-$KUBERNETES_VERSION" kustomize "$here/base"
} >"$new"
if [ "${1:-}" = --check ]; then
  diff -u "$here/install.yaml" "$new" || {
    echo "deploy/install.yaml is not what deploy/base makes: run deploy/generate.sh" >&2
    exit 1
  }
  echo "deploy/install.yaml is what deploy/base makes"
else
  cat "$new" >"$here/install.yaml"
  echo "wrote deploy/install.yaml"
fi
