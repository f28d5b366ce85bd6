#!/bin/sh
# The first process of a world: prepares the namespaces that it was started in, and becomes the JVM.
#
#   first-process.sh JAVA ARGUMENTS...
set -eu
java=$1
shift
mount -t tmpfs -o mode=755 tmpfs /run
mkdir -p /run/netns /run/world/tmp
# A ramfs can't reserve space, so an etcd member takes what it holds and not 128 MB of empty write-ahead log.
mkdir /run/world/disks
mount -t ramfs -o mode=755 ramfs /run/world/disks
printf '127.0.0.1 localhost\n' >/run/world/hosts
mount --bind /run/world/hosts /etc/hosts
ip link set lo up
REQUORUM_WORLD=$(dirname "$(readlink -f "$0")")
export REQUORUM_WORLD
exec "$java" -XX:-UsePerfData -Djava.io.tmpdir=/run/world/tmp "$@"
