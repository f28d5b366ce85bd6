package dev.requorum.e2e.bench;

/**
 * One run's two figures, in milliseconds.
 *
 * @param writesBack until a write was accepted again
 * @param allVoters until the cluster had all its voters again
 */
record Timing(long writesBack, long allVoters) {}
