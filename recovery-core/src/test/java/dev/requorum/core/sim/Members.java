package dev.requorum.core.sim;

import dev.requorum.ports.etcd.ClusterId;
import dev.requorum.ports.etcd.Member;
import dev.requorum.ports.etcd.MemberId;
import dev.requorum.ports.kubernetes.InitialCluster;
import dev.requorum.ports.kubernetes.RestoreOrder;
import java.net.URI;
import java.util.BitSet;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** All data directories and running processes, and the rules by which an etcd starts. */
final class Members {

  /** What an etcd is started with. */
  record Start(
      String pod,
      String podUid,
      String ip,
      int machine,
      String claimUid,
      boolean forceFlag,
      Optional<String> armedFor,
      Optional<InitialCluster> told) {}

  /** Directories that a restore was killed in. */
  private final Set<String> inPieces = new HashSet<>();

  private final Map<String, Store> stores = new TreeMap<>();
  private final Map<String, Etcd> processes = new TreeMap<>();
  private final Map<ClusterId, Store.Base> beginnings = new HashMap<>();
  private final Net net;
  private final Ledger ledger;
  private final Watchers watchers;
  private List<Etcd> running = List.of();
  private long idsGiven = 0x100;

  /** Told of what must be looked at when it happens. */
  interface Watchers {

    /** A member is started with the flag and drops others; the store is as it was before. */
    void forces(Start start, Store store);
  }

  Members(Net net, Ledger ledger, Watchers watchers) {
    this.net = net;
    this.ledger = ledger;
    this.watchers = watchers;
  }

  static String place(String claimUid, Optional<String> directory) {
    return claimUid + "/" + directory.orElse("");
  }

  MemberId nextId() {
    return new MemberId(idsGiven++);
  }

  List<Etcd> running() {
    return running;
  }

  Optional<Etcd> process(String podUid) {
    return Optional.ofNullable(processes.get(podUid));
  }

  /** The process at this address; empty where there is none. */
  Optional<Etcd> at(String ip) {
    for (Etcd one : running) {
      if (one.ip.equals(ip)) {
        return Optional.of(one);
      }
    }
    return Optional.empty();
  }

  Optional<Store> store(String claimUid, Optional<String> directory) {
    return Optional.ofNullable(stores.get(place(claimUid, directory)));
  }

  Collection<Store> stores() {
    return stores.values();
  }

  void put(String claimUid, Optional<String> directory, Store store) {
    stores.put(place(claimUid, directory), store);
  }

  void remove(String claimUid, Optional<String> directory) {
    stores.remove(place(claimUid, directory));
  }

  /** Starts a member; what it complains about where it exits at once. */
  Optional<String> start(Start start) {
    String place = place(start.claimUid(), start.told().flatMap(InitialCluster::directory));
    if (inPieces.contains(place)) {
      return Optional.of("CrashLoopBackOff: the data directory is in pieces");
    }
    Store store = stores.get(place);
    if (store == null) {
      Optional<Store> fresh = firstStart(start);
      if (fresh.isEmpty()) {
        return Optional.of("CrashLoopBackOff: couldn't find local name");
      }
      store = fresh.get();
      blame(store, start.pod());
      stores.put(place, store);
    }
    if (store.crashes) {
      return Optional.of("CrashLoopBackOff: panic");
    }
    if (start.forceFlag()) {
      if (!store.votes(store.id)) {
        return Optional.of("CrashLoopBackOff: panic, a learner cannot be forced");
      }
      force(start, store);
    } else if (store.removed.contains(store.id)) {
      return Optional.of("CrashLoopBackOff: permanently removed from the cluster");
    }
    processes.put(
        start.podUid(), new Etcd(start.pod(), start.podUid(), start.ip(), start.machine(), store));
    running = List.copyOf(processes.values());
    return Optional.empty();
  }

  private void blame(Store fresh, String pod) {
    boolean formerSelf =
        fresh.votes(fresh.id)
            && stores.values().stream()
                .anyMatch(old -> old.id.equals(fresh.id) && old.cluster.equals(fresh.cluster));
    boolean noMemberOfIts =
        !stores.isEmpty()
            && stores.values().stream().noneMatch(old -> old.cluster.equals(fresh.cluster));
    boolean removedSince =
        stores.values().stream()
            .anyMatch(one -> one.cluster.equals(fresh.cluster) && one.removed.contains(fresh.id));
    if (formerSelf && !removedSince) {
      ledger.disaster(pod + " is back under its old id with an empty disk");
    }
    if (noMemberOfIts) {
      ledger.disaster(pod + " started an empty cluster beside the one there was");
    }
  }

  private void force(Start start, Store store) {
    if (store.members.size() > 1) {
      watchers.forces(start, store);
      store.epoch =
          ledger.begin(
              Optional.of(store.epoch),
              start.armedFor().or(() -> Optional.of("none")),
              start.pod(),
              store.revision);
    }
    Member self = store.listed(store.id).orElseThrow();
    store.truncate(store.commit);
    store.append(Entry.membership(store.term, List.of(self)));
    store.commitTo(store.log.size());
  }

  private Optional<Store> firstStart(Start start) {
    Optional<URI> own = start.told().map(told -> told.members().get(start.pod()));
    if (own.isEmpty()) {
      return Optional.empty();
    }
    InitialCluster told = start.told().get();
    return switch (told.state()) {
      case NEW -> Optional.of(bootstrap(start.pod(), told));
      case EXISTING -> join(start, own.get(), told);
    };
  }

  /** The ids follow from the configuration, as they do in etcd. */
  private Store bootstrap(String pod, InitialCluster told) {
    ClusterId cluster = new ClusterId(told.members().hashCode());
    List<Member> listed =
        told.members().entrySet().stream()
            .map(e -> new Member(bootstrapId(e.getKey()), e.getKey(), List.of(e.getValue()), false))
            .toList();
    Store.Base base =
        beginnings.computeIfAbsent(cluster, any -> new Store.Base(1, listed, new BitSet()));
    Epoch epoch =
        stores.values().stream()
            .filter(other -> other.cluster.equals(cluster))
            .findFirst()
            .map(other -> other.epoch)
            .orElseGet(() -> stores.isEmpty() ? ledger.newest() : ledger.anew());
    return Store.beginning(bootstrapId(pod), cluster, base, epoch);
  }

  private static MemberId bootstrapId(String pod) {
    return new MemberId(Integer.parseInt(pod.replaceAll(".*[^0-9]", "")) + 1);
  }

  /** It asks anybody who answers, whether there is a leader or not. */
  private Optional<Store> join(Start start, URI own, InitialCluster told) {
    Set<URI> urls = new HashSet<>(told.members().values());
    return running.stream()
        .filter(other -> !other.hangs && net.talk(start.machine(), other.machine))
        .map(other -> other.store)
        .filter(other -> urls(other.members).equals(urls))
        .findFirst()
        .flatMap(
            other ->
                other.members.stream()
                    .filter(member -> member.peerUrls().contains(own))
                    .findFirst()
                    .map(m -> new Store(m.id(), other.cluster, other.members, other.epoch)));
  }

  private static Set<URI> urls(List<Member> members) {
    Set<URI> urls = new HashSet<>();
    members.forEach(member -> urls.addAll(member.peerUrls()));
    return urls;
  }

  /**
   * Ends a process.
   *
   * @param gracefully with its database whole
   */
  void stop(String podUid, boolean gracefully) {
    Etcd ended = processes.remove(podUid);
    if (ended != null) {
      running = List.copyOf(processes.values());
      if (gracefully) {
        ended.store.flush();
      }
    }
  }

  /**
   * Restores what is in a directory into another one, as a cluster of that member alone.
   *
   * @param whole false where it is killed in the middle
   * @return what it complains about
   */
  Optional<String> restore(RestoreOrder order, boolean whole) {
    Store from = stores.get(place(order.volumeUid(), order.from()));
    String to = place(order.volumeUid(), Optional.of(order.directory()));
    if (running.stream().anyMatch(one -> one.store == from)) {
      ledger.disaster("the database of " + order.survivor() + " was read while it ran");
    }
    if (stores.containsKey(to) || inPieces.contains(to)) {
      return Optional.of("data-dir not empty");
    }
    if (from == null) {
      return Optional.of("no such file or directory");
    }
    if (!whole) {
      inPieces.add(to);
      return Optional.of("killed");
    }
    stores.put(to, reborn(from, order));
    return Optional.empty();
  }

  private Store reborn(Store from, RestoreOrder order) {
    MemberId id = nextId();
    Member alone = new Member(id, order.survivor(), List.of(order.peerUrl()), false);
    long revision =
        from.flushedRevision > 1
            ? from.flushedRevision + order.revisionBump()
            : order.revisionBump();
    String incident = order.directory().replaceAll("-[0-9]+$", "");
    Epoch epoch =
        ledger.begin(
            Optional.of(from.epoch), Optional.of(incident), order.survivor(), from.flushedRevision);
    Store.Base base = new Store.Base(revision, List.of(alone), from.flushedWrites());
    return Store.beginning(id, new ClusterId(order.token().hashCode()), base, epoch);
  }
}
