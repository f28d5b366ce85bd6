package dev.requorum.e2e.world;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * The world's network: each host is a network namespace with one address, and all are joined by a
 * router, which is the network namespace that this JVM runs in.
 *
 * <p>A cut is a rule in the router by which packets between two addresses vanish, in both
 * directions and without an answer, as on a broken line. Nothing is ever cut from this JVM's own
 * address, {@link #ROUTER}.
 */
final class Network {
  static final String ROUTER = "10.9.0.1";

  private record Host(String name, String link) {}

  private final Map<String, Host> hostsByAddress = new HashMap<>();
  private final Cuts cuts = new Cuts();
  private Set<String> drops = Set.of();
  private int links;

  /** Makes this JVM's network namespace the router. */
  Network() {
    ipBatch(
        List.of(
            "address add %s/32 dev lo".formatted(ROUTER),
            // The rules of the cuts must come before the delivery to local addresses.
            "rule add pref 32000 lookup local",
            "rule del pref 0"));
    // A packet is taken in though an answer to it would vanish: so a cut can be one-way.
    Command.run(
        "sh",
        "-c",
        "echo 1 >/proc/sys/net/ipv4/ip_forward && echo 0 >/proc/sys/net/ipv4/conf/all/rp_filter"
            + " && echo 0 >/proc/sys/net/ipv4/conf/default/rp_filter");
  }

  /** The start of a command that is to run in that host's network. */
  static List<String> entering(String host) {
    return List.of("nsenter", "--net=" + Path.of("/run/netns", host), "--");
  }

  /** Makes a host. Cuts that concern one of the parties are in force before it has its address. */
  synchronized void add(String name, String address, Set<Party> parties) {
    String link = "v" + ++links;
    Command.run("ip", "netns", "add", name);
    hostsByAddress.put(address, new Host(name, link));
    cuts.occupy(address, parties);
    enforceCuts();
    ipBatch(
        List.of(
            "link add %s type veth peer name eth0 netns %s".formatted(link, name),
            "link set %s up".formatted(link),
            "route add %s dev %s src %s".formatted(address, link, ROUTER)));
    ipBatch(
        List.of(
            "address add %s/32 dev eth0".formatted(address),
            "link set lo up",
            "link set eth0 up",
            "route add %s dev eth0".formatted(ROUTER),
            "route add default via %s src %s".formatted(ROUTER, address)),
        "-n",
        name);
  }

  /**
   * Gives the API server's host a further address, at which this JVM speaks to it on the party's
   * behalf alone.
   */
  synchronized void addDoor(String address, String apiServerAddress, Party guest) {
    Host host = hostsByAddress.get(apiServerAddress);
    ipBatch(List.of("address add %s/32 dev eth0".formatted(address)), "-n", host.name());
    ipBatch(List.of("route add %s dev %s src %s".formatted(address, host.link(), ROUTER)));
    cuts.door(address, guest);
    enforceCuts();
  }

  /** Removes a host, whose processes must have ended. Nothing happens when it isn't there. */
  synchronized void remove(String address) {
    Host host = hostsByAddress.remove(address);
    if (host != null) {
      ipBatch(List.of("link del " + host.link(), "netns del " + host.name()));
      cuts.vacate(address);
      enforceCuts();
    }
  }

  synchronized void cut(Party one, Party other) {
    cuts.cut(one, other);
    enforceCuts();
  }

  synchronized void heal(Party one, Party other) {
    cuts.heal(one, other);
    enforceCuts();
  }

  synchronized void cutOneWay(Party from, Party to) {
    cuts.cutOneWay(from, to);
    enforceCuts();
  }

  synchronized void healOneWay(Party from, Party to) {
    cuts.healOneWay(from, to);
    enforceCuts();
  }

  /** Of all hosts that the party is at now. */
  synchronized List<Link> linksOf(Party party) {
    return cuts.addressesOf(party).stream()
        .map(hostsByAddress::get)
        .filter(Objects::nonNull)
        .map(host -> new Link(host.name(), host.link()))
        .toList();
  }

  private void enforceCuts() {
    Set<String> wanted = cuts.drops();
    List<String> changes = new ArrayList<>();
    for (String drop : wanted) {
      if (!drops.contains(drop)) {
        changes.add("rule add pref 100 %s blackhole".formatted(drop));
      }
    }
    for (String drop : drops) {
      if (!wanted.contains(drop)) {
        changes.add("rule del pref 100 %s blackhole".formatted(drop));
      }
    }
    if (!changes.isEmpty()) {
      ipBatch(changes);
    }
    drops = wanted;
  }

  private static void ipBatch(List<String> commands, String... options) {
    List<String> command = new ArrayList<>(List.of("ip"));
    command.addAll(List.of(options));
    command.addAll(List.of("-batch", "-"));
    Command.run(String.join("\n", commands) + "\n", command);
  }
}
