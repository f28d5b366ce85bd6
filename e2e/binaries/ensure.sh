#!/usr/bin/env bash
# Makes sure that the binaries which the tests run are on this machine, and prints the directory that holds them.
#
#   ensure.sh [--for local|cluster]
#
# Looked for in this order: $REQUORUM_BIN (a directory with NAME-VERSION or NAME files), the cache
# (${REQUORUM_CACHE:-~/.cache/requorum}), the project's official release (checksum verified, given up within seconds where it
# cannot be reached), Go modules (6 to 8 minutes once on two cores). Progress goes to stderr.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
# shellcheck source=versions.env
. "$here/versions.env"

cache=${REQUORUM_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/requorum}
bin=$cache/bin
purpose=local
if [ "${1:-}" = --for ]; then purpose=${2:?--for needs local or cluster}; fi
case "$purpose" in
  local) kube="kube-apiserver kube-controller-manager" ;;
  cluster) kube="kube-apiserver kube-controller-manager kube-scheduler kubelet kubectl" ;;
  *) echo "ensure.sh: --for takes local or cluster, not '$purpose'" >&2; exit 2 ;;
esac
mkdir -p "$bin"
exec 9>"$cache/lock"
flock 9

say() { printf 'binaries: %s\n' "$*" >&2; }
arch() { case "$(uname -m)" in x86_64) echo amd64 ;; aarch64) echo arm64 ;; *) echo "$(uname -m)" ;; esac; }

given() { # given NAME VERSION: link it from $REQUORUM_BIN where it is there in that version
  local from=${REQUORUM_BIN:-} name=$1 version=$2 candidate
  [ -n "$from" ] || return 1
  for candidate in "$from/$name-$version" "$from/$name"; do
    [ -x "$candidate" ] || continue
    if { "$candidate" --version || "$candidate" version; } 2>/dev/null | grep -qF "$version"; then
      [ "$candidate" -ef "$bin/$name-$version" ] || ln -sf "$(readlink -f "$candidate")" "$bin/$name-$version"
      return 0
    fi
  done
  return 1
}

with_progress() { # with_progress WHAT COMMAND...: one line every 20 seconds while the command runs
  local what=$1 log start=$SECONDS pid ticker status=0
  shift
  log=$(mktemp "$cache/build.XXXXXX")
  "$@" >"$log" 2>&1 &
  pid=$!
  while sleep 20; do say "$what: still at it after $((SECONDS - start)) s"; done &
  ticker=$!
  wait "$pid" || status=$?
  { kill "$ticker" && wait "$ticker"; } 2>/dev/null || true
  if [ "$status" -ne 0 ]; then
    say "$what failed:"
    tail -n 25 "$log" >&2
  fi
  rm -f "$log"
  return "$status"
}

download() { curl -fsSL --connect-timeout 3 --max-time "${3:-120}" -o "$2" "$1" 2>/dev/null; }

release_etcd() { # the official archive of one etcd version, against its own SHA256SUMS
  local version=$1 work base file
  work=$(mktemp -d "$cache/release.XXXXXX")
  base=https://github.com/etcd-io/etcd/releases/download/v$version
  file=etcd-v$version-linux-$(arch).tar.gz
  if download "$base/SHA256SUMS" "$work/SHA256SUMS" 10 && download "$base/$file" "$work/$file" &&
    (cd "$work" && grep -F " $file" SHA256SUMS | sha256sum -c --status); then
    tar -xzf "$work/$file" -C "$work" --strip-components=1
    for name in etcd etcdctl etcdutl; do mv "$work/$name" "$bin/$name-$version"; done
    rm -rf "$work"
    return 0
  fi
  rm -rf "$work"
  return 1
}

release_kube() { # one official Kubernetes binary, against the checksum published beside it
  local name=$1 work base
  work=$(mktemp -d "$cache/release.XXXXXX")
  base=https://dl.k8s.io/v$KUBERNETES_VERSION/bin/linux/$(arch)/$name
  if download "$base.sha256" "$work/sum" 10 && download "$base" "$work/$name" 300 &&
    (cd "$work" && echo "$(cat sum)  $name" | sha256sum -c --status); then
    chmod +x "$work/$name"
    mv "$work/$name" "$bin/$name-$KUBERNETES_VERSION"
    rm -rf "$work"
    return 0
  fi
  rm -rf "$work"
  return 1
}

need_go() {
  command -v go >/dev/null && return
  say "cannot go on: $1 is neither in \$REQUORUM_BIN nor in $bin, its official release cannot be reached from here,"
  say "and there is no Go toolchain to build it. Install Go 1.24 or newer, or put $1 into a directory and name it in REQUORUM_BIN."
  exit 1
}

wrapper() { # wrapper DIR MODULE VERSION PACKAGE...: a module that only imports the commands
  local dir=$1 module=$2 version=$3 package
  shift 3
  mkdir -p "$dir"
  cd "$dir"
  printf 'module requorum/%s\n\ngo 1.24.0\n\nrequire %s %s\n' "$(basename "$dir")" "$module" "$version" >go.mod
  { printf '//go:build tools\n\npackage tools\n\n'; for package in "$@"; do printf 'import _ "%s"\n' "$package"; done; } >tools.go
}

build_etcd() { # build_etcd COMMAND NAME VERSION; one module per command, they do not all exist at every version
  local command=$1 name=$2 version=$3
  (
    wrapper "$cache/src/$name-$version" "go.etcd.io/etcd/$command/v3" "v$version" "go.etcd.io/etcd/$command/v3"
    export CGO_ENABLED=0 GOFLAGS=-buildvcs=false
    go mod tidy && go build -trimpath -ldflags "-s -w" -o "$bin/.$name-$version" "go.etcd.io/etcd/$command/v3" &&
      mv "$bin/.$name-$version" "$bin/$name-$version"
  )
}

build_kube() {
  local name=$1 source module
  (
    source=$(go mod download -json "k8s.io/kubernetes@v$KUBERNETES_VERSION" | sed -n 's/.*"Dir": "\(.*\)".*/\1/p')
    wrapper "$cache/src/$name" k8s.io/kubernetes "v$KUBERNETES_VERSION" "k8s.io/kubernetes/cmd/$name"
    {
      printf '\nreplace (\n'
      grep -oE '^\s+k8s.io/[a-z0-9-]+ v0\.0\.0$' "$source/go.mod" | awk '{print $1}' | sort -u |
        while read -r module; do printf '  %s => %s v0.%s\n' "$module" "$module" "${KUBERNETES_VERSION#1.}"; done
      printf ')\n'
    } >>go.mod
    export CGO_ENABLED=0 GOFLAGS=-buildvcs=false
    stamp="-X k8s.io/component-base/version.gitVersion=v$KUBERNETES_VERSION -X k8s.io/client-go/pkg/version.gitVersion=v$KUBERNETES_VERSION"
    go mod tidy && go build -trimpath -ldflags "-s -w $stamp" -o "$bin/.$name" "k8s.io/kubernetes/cmd/$name" &&
      mv "$bin/.$name" "$bin/$name-$KUBERNETES_VERSION"
  )
}

for version in $ETCD_VERSIONS; do
  missing=""
  for name in etcd etcdctl etcdutl; do
    given "$name" "$version" || [ -x "$bin/$name-$version" ] || missing="$missing $name"
  done
  [ -n "$missing" ] || continue
  if [ -z "${REQUORUM_NO_RELEASE:-}" ] && release_etcd "$version"; then
    say "etcd $version taken from its official release"
    continue
  fi
  for name in $missing; do
    need_go "$name $version"
    command=${name/%etcd/server}
    say "building $name $version from its Go module (20 to 40 s)"
    with_progress "$name $version" build_etcd "$command" "$name" "$version"
  done
done
for name in $kube; do
  if given "$name" "$KUBERNETES_VERSION" || [ -x "$bin/$name-$KUBERNETES_VERSION" ]; then continue; fi
  if [ -z "${REQUORUM_NO_RELEASE:-}" ] && release_kube "$name"; then
    say "$name $KUBERNETES_VERSION taken from its official release"
    continue
  fi
  need_go "$name $KUBERNETES_VERSION"
  say "building $name $KUBERNETES_VERSION from its Go module (2 to 4 minutes once)"
  with_progress "$name $KUBERNETES_VERSION" build_kube "$name"
done
echo "$bin"
