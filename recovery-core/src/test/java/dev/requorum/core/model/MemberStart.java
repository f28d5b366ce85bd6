package dev.requorum.core.model;

import dev.requorum.ports.kubernetes.InitialCluster;
import java.util.Optional;

/** What an etcd is started with. */
record MemberStart(
    String pod,
    String podUid,
    String ip,
    String claimUid,
    boolean forceFlag,
    Optional<InitialCluster> initialCluster) {}
