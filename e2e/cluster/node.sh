#!/usr/bin/env bash
# A node of the cluster: a kubelet and a containerd in a network namespace of their own, which a link joins to the bridge.
#
#   node.sh on NODE              it boots; nothing to do where it runs
#   node.sh off NODE             it loses its power: when this returns its processes are dead and its link is down; nobody is told
#   node.sh silence NODE         it hears nothing of the API server, and the other way round; its pods go on, and reach whom they reached
#   node.sh hear NODE            takes that back
#   node.sh hold NAMESPACE POD   kills the processes of the pod's containers on all nodes, and keeps them from being started again;
#                                the pod stays in the API
#   node.sh release NAMESPACE POD
#   node.sh exec NAMESPACE POD COMMAND...   runs it in the pod's container, whether or not the API still has the pod
#   node.sh log NAMESPACE POD               prints what the pod's containers have logged, likewise
set -euo pipefail
# shellcheck source=SCRIPTDIR/place.sh
. "$(dirname "$0")/place.sh"
# shellcheck source=SCRIPTDIR/processes.sh
. "$cluster/processes.sh"
# shellcheck source=SCRIPTDIR/../binaries/versions.env
. "$cluster/../binaries/versions.env"

control_groups() { # all of the node's containers are in one, in each hierarchy
  local hierarchy part knob controller controllers
  for hierarchy in /sys/fs/cgroup /sys/fs/cgroup/*; do
    [ -e "$hierarchy/cgroup.procs" ] || continue
    for part in requorum "requorum/$node"; do
      mkdir -p "$hierarchy/$part"
      for knob in cpuset.cpus cpuset.mems; do
        [ ! -e "$hierarchy/cpuset.cpu_exclusive" ] || cat "$hierarchy/$(dirname "$part")/$knob" >"$hierarchy/$part/$knob"
      done
    done
    # As much as one control group of the kubelet's would have beside all else on the machine, for each node.
    if [ -e "$hierarchy/requorum/cpu.shares" ]; then
      echo $((1024 * $(nproc))) >"$hierarchy/requorum/$node/cpu.shares"
      echo $((1024 * $(nproc) * $(nodes | wc -l))) >"$hierarchy/requorum/cpu.shares"
    fi
    [ -e "$hierarchy/cgroup.controllers" ] || continue
    read -ra controllers <"$hierarchy/cgroup.controllers"
    for part in . requorum "requorum/$node"; do
      for controller in "${controllers[@]}"; do
        echo "+$controller" >"$hierarchy/$part/cgroup.subtree_control" || true # not all of them can be passed on
      done 2>/dev/null
    done
  done
}

container_processes() { find /sys/fs/cgroup -path "*/requorum/$node/*" -name cgroup.procs -exec cat {} + 2>/dev/null | sort -u; }

shims() { # the processes that hold the node's containers
  local process
  for process in /proc/[0-9]*; do
    [[ $(readlink "$process/exe") == */containerd-shim* ]] || continue
    tr '\0' '\n' <"$process/cmdline" | grep -qxF -- "$(socket_of "$node")" && echo "${process##*/}"
  done 2>/dev/null
  true
}

in_node() { nsenter --net="/run/netns/$namespace" "$@"; }

network() {
  local calls=/proc/sys/net/bridge/bridge-nf-call-iptables
  if ! [ -e "/run/netns/$namespace" ]; then
    ip link delete "$namespace" 2>/dev/null || true # one whose namespace is still being taken down
    ip netns add "$namespace"
    ip link add "$namespace" type veth peer name uplink netns "$namespace"
    ip link set "$namespace" master "$bridge"
    # With an address of its own: a bridge without one takes that of a port, which changes as pods come and go, and for half a
    # minute after that pods send to an address that nobody has.
    ip -n "$namespace" link add pods address "02:72:65:71:00:1${node#node}" type bridge
    ip -n "$namespace" address add "$address/16" dev pods
    ip -n "$namespace" link set uplink master pods up
    ip -n "$namespace" link set lo up
    ip -n "$namespace" link set pods up
    ip -n "$namespace" route add default via "$gateway"
    # What pods send each other is not the node's concern.
    # shellcheck disable=SC2016
    in_node sh -c '[ ! -e "$0" ] || echo 0 >"$0"' "$calls"
  fi
  ip link set "$namespace" up
  mkdir -p "$here/cni"
  cat >"$here/cni/10-requorum.conflist" <<END
{"cniVersion": "0.4.0", "name": "requorum", "plugins": [{
  "type": "bridge", "bridge": "pods", "hairpinMode": true,
  "ipam": {"type": "host-local", "routes": [{"dst": "0.0.0.0/0"}], "dataDir": "$here/ipam", "ranges": [[
    {"subnet": "$pods", "gateway": "$gateway", "rangeStart": "${address%.1}.2", "rangeEnd": "${address%.1}.254"}]]}
}]}
END
}

runtime() {
  cat >"$here/containerd.toml" <<END
version = 2
root = "$kept/containerd"
state = "$here/containerd"
[grpc]
  address = "$(socket_of "$node")"
[plugins."io.containerd.grpc.v1.cri"]
  sandbox_image = "registry.k8s.io/pause:3.10"
  # Without CAP_SYS_RESOURCE runc can't lower oom_score_adj, and no pod would start.
  restrict_oom_score_adj = true
  netns_mounts_under_state_dir = true
  [plugins."io.containerd.grpc.v1.cri".containerd.runtimes.runc]
    runtime_type = "io.containerd.runc.v2"
    [plugins."io.containerd.grpc.v1.cri".containerd.runtimes.runc.options]
      SystemdCgroup = false
      BinaryName = "$cluster/runc.sh"
      Root = "$here/runc"
  [plugins."io.containerd.grpc.v1.cri".cni]
    bin_dir = "$("$cluster/check.sh" --print-cni)"
    conf_dir = "$here/cni"
END
  REQUORUM_HELD=$run/held start "containerd-$node" nsenter --net="/run/netns/$namespace" containerd --config "$here/containerd.toml"
  await "containerd-$node" "containerd of $node answers" ctr --address "$(socket_of "$node")" version
}

kubelet() {
  cat >"$here/kubelet.yaml" <<END
apiVersion: kubelet.config.k8s.io/v1beta1
kind: KubeletConfiguration
address: $address
authentication: {anonymous: {enabled: false}, webhook: {enabled: false}, x509: {clientCAFile: "$run/pki/ca.crt"}}
authorization: {mode: AlwaysAllow}
cgroupDriver: cgroupfs
cgroupRoot: /requorum/$node
failCgroupV1: false
failSwapOn: false
localStorageCapacityIsolation: false
enforceNodeAllocatable: []
evictionHard: {nodefs.available: "1%", imagefs.available: "1%", memory.available: "50Mi"}
# It says every fourth second that it is there; the controller manager calls it silent after 20.
nodeLeaseDurationSeconds: 16
clusterDNS: ["$gateway"]
clusterDomain: cluster.local
containerRuntimeEndpoint: unix://$(socket_of "$node")
healthzBindAddress: 127.0.0.1
podLogsDir: $kept/pod-logs
END
  start "kubelet-$node" nsenter --net="/run/netns/$namespace" "$run/bin/kubelet-$KUBERNETES_VERSION" --config="$here/kubelet.yaml" \
    --kubeconfig="$here/kubeconfig" --hostname-override="$node" --node-ip="$address" --root-dir="$kept/kubelet" --cert-dir="$here/pki"
}

on() {
  mkdir -p "$kept"
  control_groups
  network
  started "containerd-$node" >/dev/null || runtime
  started "kubelet-$node" >/dev/null || kubelet
}

off() {
  local mount i
  ip link set "$namespace" down 2>/dev/null || true
  stop "kubelet-$node"
  stop "containerd-$node"
  for ((i = 0; i < 100; i++)); do
    [ -n "$(container_processes)" ] || break
    container_processes | xargs -r kill -9 2>/dev/null || true
    sleep 0.05
  done
  [ -z "$(container_processes)" ] || die "processes of $node do not end: $(container_processes | tr '\n' ' ')"
  shims | xargs -r kill -9 2>/dev/null || true
  { mounts "$here" && mounts "$kept"; } | while read -r mount; do umount -l "$mount"; done
  rm -rf --one-file-system "$here"/{containerd,runc}
}

# Neither the pods' packets, which pass the node's bridge, nor those of the API server's own connections to the kubelet, which come
# from the gateway: kubectl exec and logs still work.
silence() {
  hear
  in_node iptables -w -I OUTPUT -d "$kubernetes_service" -j DROP
  in_node iptables -w -I INPUT -s "$kubernetes_service" -j DROP
}

hear() {
  in_node iptables -w -D OUTPUT -d "$kubernetes_service" -j DROP 2>/dev/null || true
  in_node iptables -w -D INPUT -s "$kubernetes_service" -j DROP 2>/dev/null || true
}

bundles() { # bundles NAMESPACE POD: the directories of its containers that are there
  local bundle
  for bundle in "$run"/nodes/*/containerd/io.containerd.runtime.v2.task/k8s.io/*; do
    [ "$("$cluster/runc.sh" --container-of "$bundle" 2>/dev/null)" != "$1_$2" ] || echo "$bundle"
  done
}

hold() { # hold NAMESPACE POD
  local bundle
  touch "$run/held/$1_$2"
  for bundle in $(bundles "$1" "$2"); do kill -9 "$(cat "$bundle/init.pid")" 2>/dev/null || true; done
}

release() { rm -f "$run/held/$1_$2"; } # release NAMESPACE POD

exec_in() { # exec_in NAMESPACE POD COMMAND...
  local bundle
  bundle=$(bundles "$1" "$2" | tail -n 1)
  [ -n "$bundle" ] || die "no node has a container of pod $1/$2"
  exec runc --root "${bundle%/containerd/*}/runc/k8s.io" exec "${bundle##*/}" "${@:3}"
}

log() { cat "$data"/nodes/*/pod-logs/"$1_$2"_*/*/*.log; } # log NAMESPACE POD

act=${1:-}
case "$act" in
  on | off | silence | hear)
    node=${2:-}
    all=$(nodes | tr "\n" " ")
    [[ " $all" == *" $node "* ]] || die "'$node' is none of the nodes: $all"
    namespace=requorum-$node
    address=$(address_of "$node")
    here=$run/nodes/$node
    kept=$data/nodes/$node
    "$act"
    ;;
  hold | release | exec | log)
    [[ "${2:-}/${3:-}" =~ ^[a-z0-9-]+/[a-z0-9.-]+$ ]] || die "node.sh $act takes a namespace and the name of a pod"
    [ "$act" != exec ] || act=exec_in
    "$act" "${@:2}"
    ;;
  *) die "node.sh takes on, off, silence, hear, hold, release, exec or log; see its first lines" ;;
esac
