#!/usr/bin/env bash
# Lays out all files of the operator's image but its jars, the same for every way of building it: a Java runtime of just the
# modules that the jars need, the shared libraries that it needs, and the few files in /etc that the C library wants.
# There is no shell in it, and nothing that the operator may write to.
#
#   root.sh OUT    OUT is replaced
#
# $JAVA_HOME, or the javac on the PATH, names the JDK (17 or newer) whose runtime it is. For this machine's architecture.
set -euo pipefail

say() { printf 'image: %s\n' "$*"; }
die() {
  printf 'image: %s\n' "$*" >&2
  exit 1
}

[ $# = 1 ] || die "usage: root.sh OUT"
out=$1
[ "$(uname -s)" = Linux ] || die "this needs Linux: the image holds this machine's runtime"
javac=${JAVA_HOME:+$JAVA_HOME/bin/javac}
javac=$(command -v "${javac:-javac}") || die "there is no JDK: set JAVA_HOME to one (17 or newer)"
jdk=$(dirname "$(dirname "$(readlink -f "$javac")")")
for tool in jlink java; do
  [ -x "$jdk/bin/$tool" ] || die "$jdk is no whole JDK: bin/$tool is missing"
done
[ -d "$jdk/jmods" ] || "$jdk/bin/jlink" --help | grep -q 'linking from run-time image enabled' \
  || die "$jdk has no jmods: install those (Fedora, RHEL: java-17-openjdk-jmods), or another JDK"
command -v ldd >/dev/null || die "'ldd' is missing: install the C library's tools (Debian: libc-bin)"
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

# Those of the list that this JDK has.
needed_modules() {
  "$jdk/bin/java" --list-modules | cut -d @ -f 1 | sort >"$scratch/modules"
  sed -n 's/^+ *\([a-z.]*\).*/\1/p' "$1" | sort | comm -12 - "$scratch/modules" | paste -s -d ,
}

# Java's own, and so that names can be resolved, also what older C libraries load for it only then. By the paths that the
# loader looks for them under, as plain files.
needed_libraries() {
  local java=$1 library
  find "$java/bin" "$java/lib" -type f \( -name '*.so' -o -perm -100 \) -print0 \
    | LD_LIBRARY_PATH=$java/lib:$java/lib/server xargs -0 -n 1 ldd \
    | awk '$2 == "=>" && $3 ~ /^\// { print $3 } $1 ~ /^\// && $2 ~ /^\(/ { print $1 }' \
    | grep -v "^$java/" | sort -u >"$scratch/libraries"
  cat "$scratch/libraries"
  for library in libnss_dns.so.2 libnss_files.so.2 libresolv.so.2; do
    library=$(dirname "$(grep -m 1 '/libc\.so\.6$' "$scratch/libraries")")/$library
    if [ -e "$library" ]; then printf '%s\n' "$library"; fi
  done
}

rm -rf "$out"
mkdir -p "$out/etc" "$out/opt"
modules=$(needed_modules "$(dirname "$0")/modules")
say "Java runtime from $jdk: $modules"
"$jdk/bin/jlink" --add-modules "$modules" --strip-java-debug-attributes --no-man-pages --no-header-files \
  --dedup-legal-notices=error-if-not-same-content --output "$scratch/java"
"$scratch/java/bin/java" -XX:+UseSerialGC -Xshare:dump >"$scratch/dump.log" 2>&1 \
  || die "the class data archive could not be made: $(tail -n 3 "$scratch/dump.log")"
# Nothing is ever started from within, and nobody asks this Java for keys.
rm -f "$scratch"/java/lib/{jexec,jspawnhelper} "$scratch/java/bin/keytool"
cp -RL "$scratch/java" "$out/opt/java"

needed_libraries "$scratch/java" | sort -u | while read -r library; do
  mkdir -p "$out$(dirname "$library")"
  cp -L "$library" "$out$library"
  chmod 755 "$out$library"
done
cat >"$out/etc/passwd" <<'PASSWD'
root:x:0:0:root:/:/nonexistent
nonroot:x:65532:65532:nonroot:/:/nonexistent
PASSWD
cat >"$out/etc/group" <<'GROUP'
root:x:0:
nonroot:x:65532:
GROUP
echo 'hosts: files dns' >"$out/etc/nsswitch.conf"
chmod -R u=rwX,go=rX "$out"
say "root file system in $out: $(du -sm "$out" | cut -f 1) MB"
