#!/bin/sh
# runc, by which the nodes' containers are made, but for those of pods that are held (node.sh hold): these are refused.
#
#   runc.sh ARGUMENTS...             runc's own; the files in $REQUORUM_HELD are named NAMESPACE_POD after what is held
#   runc.sh --container-of BUNDLE    prints NAMESPACE_POD where that is a container of a pod, and not the pod's own sandbox
pod() { # pod BUNDLE
  tr -d '\n\t ' <"$1/config.json" | sed -n '/"io.kubernetes.cri.container-type":"container"/{
    s/.*"io.kubernetes.cri.sandbox-name":"\([^"]*\)".*"io.kubernetes.cri.sandbox-namespace":"\([^"]*\)".*/\2_\1/p}'
}
if [ "$1" = --container-of ]; then
  pod "$2"
  exit
fi
created="" before="" bundle="" log=/dev/stderr
for argument; do
  [ "$argument" != create ] || created=1
  [ "$before" != --bundle ] || bundle=$argument
  [ "$before" != --log ] || log=$argument
  before=$argument
done
if [ -n "$created" ] && [ -n "$bundle" ]; then
  held=$(pod "$bundle")
  if [ -n "$held" ] && [ -e "$REQUORUM_HELD/$held" ]; then
    echo '{"level": "error", "msg": "a scenario holds this pod down"}' >>"$log"
    exit 1
  fi
fi
exec runc "$@"
