/**
 * The etcd side of the ports, over jetcd's generated gRPC stubs.
 *
 * <p>Create one {@link dev.requorum.jetcd.EtcdChannels} per process, hand it to {@link
 * dev.requorum.jetcd.JetcdMemberProbe}, {@link dev.requorum.jetcd.JetcdMembership} and {@link
 * dev.requorum.jetcd.JetcdMemberData}, and close it last.
 *
 * <p>jetcd's own client balances over all its endpoints and lists members without asking a quorum;
 * a recovery needs the answer of exactly one named member, and a list that a quorum confirmed.
 * Hence the stubs.
 */
package dev.requorum.jetcd;
