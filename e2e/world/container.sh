#!/bin/sh
# Becomes a container's process, in a mount namespace (the caller made it) and with a root file system of its own: what is
# mounted there, /proc, /dev, an empty /tmp and the world's hosts file. The environment is handed on as it is.
#
#   container.sh TOOLS ROOT [SOURCE TARGET]... -- [SOURCE TARGET]... -- COMMAND...
#
# TOOLS     the PATH for this script's own commands
# ROOT      an empty directory
# SOURCE    a file, directory or symbolic link to be seen at the path TARGET: before the first "--" the image's, which cannot be
#           written to from within, then the volumes'
set -eu
image_path=$PATH
PATH=$1
root=$2
shift 2
mount -t tmpfs -o mode=755 tmpfs "$root"
mkdir -p "$root/proc" "$root/dev" "$root/tmp"
mount --rbind /proc "$root/proc"
mount --rbind /dev "$root/dev"
place() {
  if [ -L "$1" ]; then
    ln -s "$(readlink "$1")" "$root$2"
  elif [ -d "$1" ]; then
    mkdir -p "$root$2"
    mount --rbind "$1" "$root$2"
  else
    mkdir -p "$root${2%/*}"
    : >"$root$2"
    mount --bind "$1" "$root$2"
  fi
}
while [ "$1" != -- ]; do
  place "$1" "$2"
  # What the source's own mount forbids has to be forbidden here too.
  [ -L "$1" ] || mount -o remount,bind,ro,nosuid,nodev "$root$2" 2>/dev/null \
    || mount -o remount,bind,ro,nosuid,nodev,noexec "$root$2"
  shift 2
done
shift
while [ "$1" != -- ]; do
  place "$1" "$2"
  shift 2
done
shift
if [ ! -e "$root/etc/hosts" ]; then
  mkdir -p "$root/etc"
  : >"$root/etc/hosts"
  mount --bind /etc/hosts "$root/etc/hosts"
fi
chroot=$(command -v chroot)
PATH=$image_path
exec "$chroot" "$root" "$@"
