# Our own small programs: the cluster's (../cluster), each built from one file and the modules that it needs, and the checker of
# histories (../histories), a module with its sums. Read by ensure.sh.
# shellcheck shell=bash disable=SC2154

requirements_of() { # MODULE@VERSION each
  local client="v0.${KUBERNETES_VERSION#1.}"
  case "$1" in
    coredns) echo "github.com/coredns/coredns@v$COREDNS_VERSION" ;;
    volumes)
      printf '%s@%s\n' k8s.io/api "$client" k8s.io/apimachinery "$client" k8s.io/client-go "$client" \
        sigs.k8s.io/sig-storage-lib-external-provisioner/v11 "v$PROVISIONER_LIBRARY_VERSION"
      ;;
    pause) ;;
  esac
}

build_own() { # build_own NAME REQUIREMENT...
  local name=$1 dir=$cache/src/$1
  shift
  mkdir -p "$dir"
  cd "$dir"
  cp "$here/../cluster/$name/main.go" .
  {
    printf 'module requorum/%s\n\ngo 1.24.0\n\nrequire (\n' "$name"
    [ $# -eq 0 ] || printf '\t%s\n' "${@/@/ }"
    printf ')\n'
  } >go.mod
  go mod tidy
  go build -trimpath -ldflags "-s -w" -o "$work/$name" .
  mv "$work/$name" "$bin/$name"
}

ensure_own() { # ensure_own NAME: built again where its source or a requirement changed
  local name=$1 is
  # shellcheck disable=SC2046
  set -- "$name" $(requirements_of "$name")
  is=$(cat "$here/../cluster/$name/main.go" - <<<"$*" | sha256sum | cut -d ' ' -f 1)
  [ -x "$bin/$name" ] && [ "$(cat "$bin/$name.source" 2>/dev/null)" = "$is" ] && return
  need_go "$name" "it is a program of our own" ""
  say "building $name from its Go module (10 to 90 s once)"
  with_progress "$name" build_own "$@"
  echo "$is" >"$bin/$name.source"
}

ensure_checker() { # the same for the checker of histories, from exactly the modules in its go.sum
  local name=check-history source=$here/../histories is
  is=$(cat "$source"/*.go "$source"/go.mod "$source"/go.sum | sha256sum | cut -d ' ' -f 1)
  [ -x "$bin/$name" ] && [ "$(cat "$bin/$name.source" 2>/dev/null)" = "$is" ] && return
  need_go "$name" "it is a program of our own" ""
  say "building $name from its Go module (10 to 30 s once)"
  with_progress "$name" build_checker "$name" "$source"
  echo "$is" >"$bin/$name.source"
}

build_checker() { # build_checker NAME SOURCE
  cd "$2"
  go build -mod=readonly -trimpath -ldflags "-s -w" -o "$work/$1" .
  mv "$work/$1" "$bin/$1"
}
