#!/bin/sh
# Becomes a container's process, in a mount namespace (the caller made it) with a root file system like that of the etcd
# image: the three etcd binaries, no shell. The environment is handed on as it is.
#
#   container.sh TOOLS ROOT BINARIES VERSION [SOURCE TARGET]... -- COMMAND...
#
# TOOLS     the PATH for this script's own commands
# ROOT      an empty directory
# BINARIES  the directory that holds etcd-VERSION, etcdctl-VERSION, etcdutl-VERSION
# SOURCE    a directory to be seen at the path TARGET
set -eu
image_path=$PATH
PATH=$1
root=$2
binaries=$3
version=$4
shift 4
mount -t tmpfs -o mode=755 tmpfs "$root"
mkdir -p "$root/usr/local/bin" "$root/etc" "$root/proc" "$root/dev" "$root/tmp"
for name in etcd etcdctl etcdutl; do
  : >"$root/usr/local/bin/$name"
  mount --bind "$binaries/$name-$version" "$root/usr/local/bin/$name"
done
: >"$root/etc/hosts"
mount --bind /etc/hosts "$root/etc/hosts"
mount --rbind /proc "$root/proc"
mount --rbind /dev "$root/dev"
while [ "$1" != -- ]; do
  mkdir -p "$root$2"
  mount --bind "$1" "$root$2"
  shift 2
done
shift
chroot=$(command -v chroot)
PATH=$image_path
exec "$chroot" "$root" "$@"
