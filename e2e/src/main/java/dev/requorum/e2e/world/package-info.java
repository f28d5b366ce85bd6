/**
 * The local world: a real Kubernetes API server and controller manager, with nodes of ours whose
 * pods are real etcd processes.
 *
 * <p>One world lives in one unprivileged set of Linux namespaces, which {@code e2e/world/bin/java}
 * makes; all that it writes is in that set's own memory, and it ends with the JVM. It is a stand-in
 * for a cluster, not a kubelet: see {@code e2e/world/README.md} for what it does not do.
 */
package dev.requorum.e2e.world;
