package dev.requorum.e2e.world;

/**
 * What a node's pods need from around them.
 *
 * @param connection the node's own way to the API server, which may be cut
 */
record NodeServices(
    String node,
    WorldOptions options,
    Network network,
    Addresses addresses,
    PodRegistry registry,
    NodeConnection connection) {}
