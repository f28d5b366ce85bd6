#!/usr/bin/env bash
# Makes an image of some static binaries, as an archive that containerd and Docker import; no registry, no engine.
#
#   image.sh OUT.tar NAME:TAG COMMAND FILE=PATH-IN-THE-IMAGE...
set -euo pipefail
out=$1 name=$2 command=$3
shift 3
case "$(uname -m)" in
  x86_64) arch=amd64 ;;
  aarch64) arch=arm64 ;;
  *) arch=$(uname -m) ;;
esac
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir -p "$work/root/tmp" "$work/image"
chmod 1777 "$work/root/tmp"
for pair in "$@"; do install -D -m 755 "${pair%%=*}" "$work/root/${pair#*=}"; done

archive() { tar --create --sort=name --owner=0 --group=0 --numeric-owner --mtime=@0 --directory="$1" --file="$2" "${@:3}"; }
digest() { sha256sum "$1" | cut -d ' ' -f 1; }
archive "$work/root" "$work/image/layer.tar" .
printf '{"architecture":"%s","os":"linux","config":{"Cmd":["%s"],"Env":["PATH=/usr/local/bin:/usr/bin:/bin"]},"rootfs":{"type":"layers","diff_ids":["sha256:%s"]}}' \
  "$arch" "$command" "$(digest "$work/image/layer.tar")" >"$work/image/config.json"
config=$(digest "$work/image/config.json").json
mv "$work/image/config.json" "$work/image/$config"
printf '[{"Config":"%s","RepoTags":["%s"],"Layers":["layer.tar"]}]' "$config" "$name" >"$work/image/manifest.json"
archive "$work/image" "$out.partial" "$config" layer.tar manifest.json
mv "$out.partial" "$out"
