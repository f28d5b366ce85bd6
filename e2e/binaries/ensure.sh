#!/usr/bin/env bash
# Makes sure that the binaries which the tests run are on this machine, and prints the directory that holds them, as files
# NAME-VERSION. Progress goes to stderr.
#
#   ensure.sh [--for local|cluster] [NAME...]
#
# NAME limits it to some of them (etcd, etcdctl, kube-apiserver, ...). Looked for in this order:
#   $REQUORUM_BIN    a directory with NAME-VERSION or NAME files
#   the cache        ${REQUORUM_CACHE:-~/.cache/requorum}
#   the release      the project's own, checksum verified; given up within seconds where it cannot be reached, and not tried
#                    where REQUORUM_NO_RELEASE is set
#   Go modules       6 to 8 minutes once on two cores, about 12 with what a cluster needs
#
# Of a cluster, coredns, volumes and pause are programs of our own (../cluster), always built here and named without a version. So is
# check-history (../histories), which is only there for those who name it.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
# shellcheck source=SCRIPTDIR/versions.env
. "$here/versions.env"
# shellcheck source=SCRIPTDIR/own.sh
. "$here/own.sh"
export CGO_ENABLED=0 GOFLAGS=-buildvcs=false GO111MODULE=on GOWORK=off

cache=${REQUORUM_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/requorum}
bin=$cache/bin
kube="kube-apiserver kube-controller-manager"
own=""
if [ "${1:-}" = --for ]; then
  case "${2:-}" in
    local) ;;
    cluster)
      kube="$kube kube-scheduler kubelet kubectl"
      own="coredns volumes pause"
      ;;
    *)
      echo "ensure.sh: --for takes local or cluster, not '${2:-}'" >&2
      exit 2
      ;;
  esac
  shift 2
fi
wanted=" ${*:-etcd etcdctl etcdutl $kube $own} "
for name in $wanted; do
  case " etcd etcdctl etcdutl $kube $own check-history " in
    *" $name "*) ;;
    *)
      echo "ensure.sh: there is no $name to fetch; one of: etcd etcdctl etcdutl $kube $own check-history" >&2
      exit 2
      ;;
  esac
done

say() { printf 'binaries: %s\n' "$*" >&2; }

case "$(uname -m)" in
  x86_64) arch=amd64 ;;
  aarch64) arch=arm64 ;;
  *) arch=$(uname -m) ;;
esac
if [ "$(uname -s)" != Linux ]; then
  say "these are Linux binaries, and this is $(uname -s): run it in a Linux virtual machine or container"
  exit 1
fi

work="" job=""
cleanup() {
  [ -z "$job" ] || kill -TERM -- "-$job" 2>/dev/null || true
  [ -z "$work" ] || rm -rf "$work"
}
trap cleanup EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

with_progress() { # with_progress WHAT COMMAND...: one line every 20 seconds while the command runs; its output where it fails
  local what=$1 start=$SECONDS status=0 last=0
  shift
  set -m # a process group of its own, so that it ends as a whole when this script does
  "$@" >"$work/log" 2>&1 9>&- &
  job=$!
  set +m
  while kill -0 "$job" 2>/dev/null; do
    sleep 0.5
    if [ $((SECONDS - start - last)) -ge 20 ]; then
      last=$((SECONDS - start))
      say "$what: still at it after $last s"
    fi
  done
  wait "$job" || status=$?
  job=""
  if [ "$status" -ne 0 ]; then
    say "$what failed:"
    tail -n 25 "$work/log" >&2
  fi
  return "$status"
}

says_version() { # says_version FILE NAME VERSION: runs it and looks
  local said
  case "$2" in
    etcdctl | etcdutl) said=$("$1" version 2>&1) || return 1 ;;
    kubectl) said=$("$1" version --client 2>&1) || return 1 ;;
    *) said=$("$1" --version 2>&1) || return 1 ;;
  esac
  grep -qE "(^|[^0-9.])${3//./\\.}([^0-9.]|$)" <<<"$said"
}

given() { # given NAME VERSION: links it from $REQUORUM_BIN where it is there in that version
  local from=${REQUORUM_BIN:-} name=$1 version=$2 candidate
  [ -n "$from" ] || return 1
  for candidate in "$from/$name-$version" "$from/$name"; do
    [ -x "$candidate" ] || continue
    [ "$candidate" -ef "$bin/$name-$version" ] && return 0
    if says_version "$candidate" "$name" "$version"; then
      ln -sf "$(readlink -f "$candidate")" "$bin/$name-$version"
      return 0
    fi
    say "$candidate is not $name $version: not used"
  done
  return 1
}

unreachable=""
download() { # download URL FILE; a host that could not be reached is not asked again
  local host=${1#https://}
  host=${host%%/*}
  case " $unreachable " in *" $host "*) return 1 ;; esac
  curl -fsSL --connect-timeout 3 --speed-limit 20000 --speed-time 8 --max-time 600 -o "$2" "$1" 2>"$work/curl" && return
  unreachable="$unreachable $host"
  say "no official release from $host: $(tail -n 1 "$work/curl")"
  return 1
}

releases_wanted() {
  [ -z "${REQUORUM_NO_RELEASE:-}" ] || return 1
  command -v curl >/dev/null || {
    say "curl is missing: official releases are not tried"
    REQUORUM_NO_RELEASE=1
    return 1
  }
}

checked() { # checked FILE SHA256: an unverified file is thrown away, aloud
  [ -n "$2" ] && echo "$2  $1" | sha256sum -c --status && return
  say "the checksum of ${1##*/} is not the published one: thrown away"
  rm -f "$1"
  return 1
}

release_etcd() { # release_etcd VERSION: the official archive, against its own SHA256SUMS
  local version=$1 base file name
  base=https://github.com/etcd-io/etcd/releases/download/v$version
  file=etcd-v$version-linux-$arch.tar.gz
  download "$base/SHA256SUMS" "$work/SHA256SUMS" || return 1
  with_progress "download of $file" download "$base/$file" "$work/$file" || return 1
  checked "$work/$file" "$(awk -v file="$file" '$2 == file { print $1 }' "$work/SHA256SUMS")" || return 1
  tar -xzf "$work/$file" -C "$work" --strip-components=1 || return 1
  for name in etcd etcdctl etcdutl; do mv "$work/$name" "$bin/$name-$version" || return 1; done
}

release_kube() { # release_kube NAME: one official Kubernetes binary, against the checksum published beside it
  local name=$1 base
  base=https://dl.k8s.io/v$KUBERNETES_VERSION/bin/linux/$arch/$name
  download "$base.sha256" "$work/$name.sha256" || return 1
  with_progress "download of $name" download "$base" "$work/$name" || return 1
  checked "$work/$name" "$(tr -d '[:space:]' <"$work/$name.sha256")" || return 1
  chmod +x "$work/$name" && mv "$work/$name" "$bin/$name-$KUBERNETES_VERSION"
}

at_least() { # at_least HAVE NEED, both like 1.26 or 1.26.3
  [ "$(printf '%s\n%s\n' "$1" "$2" | sort -V | head -n 1)" = "$2" ]
}

need_go() { # need_go WHAT WHY WAY-OUT: says what to install where it cannot be built here
  local have
  if ! command -v go >/dev/null; then
    say "cannot go on: $1 has to be built ($2), and there is no Go. Install Go $GO_VERSION or newer$3."
    exit 1
  fi
  have=$(GOTOOLCHAIN=local go env GOVERSION)
  have=${have#go}
  if at_least "$have" "$GO_VERSION"; then return; fi
  if at_least "$have" 1.21 && [ "$(go env GOTOOLCHAIN)" != local ]; then
    say "Go $have is older than $GO_VERSION: it fetches a newer toolchain by itself where that is needed"
    return
  fi
  say "cannot go on: $1 has to be built ($2), and Go $have is too old for that (and may not fetch a newer toolchain)."
  say "Install Go $GO_VERSION or newer$3."
  exit 1
}

need_go_for() { # need_go_for NAME VERSION
  need_go "$1 $2" "it is neither in \$REQUORUM_BIN nor in $bin, and its official release cannot be had from here" \
    ", or put $1 into a directory and name that in REQUORUM_BIN"
}

wrapper() { # wrapper DIR MODULE VERSION PACKAGE: goes into a module that does nothing but import the command
  mkdir -p "$1"
  cd "$1"
  printf 'module requorum/%s\n\ngo 1.24.0\n\nrequire %s %s\n' "$(basename "$1")" "$2" "$3" >go.mod
  printf '//go:build tools\n\npackage tools\n\nimport _ "%s"\n' "$4" >tools.go
}

build_etcd() { # build_etcd NAME VERSION; a module for each command, as they do not all exist at every version
  local package=go.etcd.io/etcd/${1/%etcd/server}/v3
  wrapper "$cache/src/$1-$2" "$package" "v$2" "$package"
  go mod tidy
  go build -trimpath -ldflags "-s -w" -o "$work/$1" "$package"
  mv "$work/$1" "$bin/$1-$2"
}

build_kube() { # build_kube NAME; its staging modules are found under the version that they are published as
  local name=$1 source module stamp
  cd "$work"
  source=$(go mod download -json "k8s.io/kubernetes@v$KUBERNETES_VERSION" | sed -n 's/.*"Dir": "\(.*\)".*/\1/p')
  wrapper "$cache/src/$name" k8s.io/kubernetes "v$KUBERNETES_VERSION" "k8s.io/kubernetes/cmd/$name"
  {
    printf '\nreplace (\n'
    grep -oE '^\s+k8s.io/[a-z0-9-]+ v0\.0\.0$' "$source/go.mod" | awk '{print $1}' | sort -u |
      while read -r module; do printf '  %s => %s v0.%s\n' "$module" "$module" "${KUBERNETES_VERSION#1.}"; done
    printf ')\n'
  } >>go.mod
  stamp="-X k8s.io/component-base/version.gitVersion=v$KUBERNETES_VERSION"
  stamp="$stamp -X k8s.io/client-go/pkg/version.gitVersion=v$KUBERNETES_VERSION"
  go mod tidy
  go build -trimpath -ldflags "-s -w $stamp" -o "$work/$name" "k8s.io/kubernetes/cmd/$name"
  mv "$work/$name" "$bin/$name-$KUBERNETES_VERSION"
}

there() { given "$1" "$2" || [ -x "$bin/$1-$2" ]; }

ensure_etcd() { # ensure_etcd VERSION
  local version=$1 name missing=""
  for name in etcd etcdctl etcdutl; do
    case "$wanted" in *" $name "*) there "$name" "$version" || missing="$missing $name" ;; esac
  done
  [ -n "$missing" ] || return 0
  if releases_wanted && release_etcd "$version"; then
    say "etcd $version taken from its official release"
    return
  fi
  for name in $missing; do
    need_go_for "$name" "$version"
    say "building $name $version from its Go module (20 to 40 s once)"
    with_progress "$name $version" build_etcd "$name" "$version"
  done
}

ensure_kube() { # ensure_kube NAME
  local name=$1
  there "$name" "$KUBERNETES_VERSION" && return
  if releases_wanted && release_kube "$name"; then
    say "$name $KUBERNETES_VERSION taken from its official release"
    return
  fi
  need_go_for "$name" "$KUBERNETES_VERSION"
  say "building $name $KUBERNETES_VERSION from its Go module (2 to 4 minutes once)"
  with_progress "$name $KUBERNETES_VERSION" build_kube "$name"
}

mkdir -p "$bin"
exec 9>"$cache/lock"
until flock -w 20 9; do say "waiting for another run that fetches or builds into $cache"; done
rm -rf "$cache"/work.* # of a run that was killed
work=$(mktemp -d "$cache/work.XXXXXX")
for version in $ETCD_VERSIONS; do ensure_etcd "$version"; done
for name in $kube; do
  case "$wanted" in *" $name "*) ensure_kube "$name" ;; esac
done
for name in $own; do
  case "$wanted" in *" $name "*) ensure_own "$name" ;; esac
done
case "$wanted" in *" check-history "*) ensure_checker ;; esac
echo "$bin"
