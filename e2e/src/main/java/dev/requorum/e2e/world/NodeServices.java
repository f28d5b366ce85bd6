package dev.requorum.e2e.world;

import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.function.Supplier;

/**
 * What a node's pods need from around them.
 *
 * @param client the node's own way to the API server, which may be cut
 */
record NodeServices(
    String node,
    WorldOptions options,
    Network network,
    Addresses addresses,
    PodRegistry registry,
    Supplier<KubernetesClient> client) {}
