package dev.requorum.e2e.world;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Who is cut off from whom, and which packets must vanish for it, given who is at which address.
 *
 * <p>Cuts are kept by party and not by address, so that one also holds for a pod that comes to a
 * cut off node later.
 */
final class Cuts {
  private record Cut(Party one, Party other) {}

  private record OneWay(Party from, Party to) {}

  private final Set<Cut> cuts = new HashSet<>();
  private final Set<OneWay> oneWays = new HashSet<>();
  private final Map<String, Set<Party>> partiesByAddress = new HashMap<>();
  private final Map<Party, String> doors = new HashMap<>();

  /** There are these parties at the address. */
  void occupy(String address, Set<Party> parties) {
    partiesByAddress.put(address, Set.copyOf(parties));
  }

  /** At this address of the API server it is that party, and no other, that speaks to it. */
  void door(String address, Party guest) {
    doors.put(guest, address);
  }

  void vacate(String address) {
    partiesByAddress.remove(address);
  }

  void cut(Party one, Party other) {
    cuts.add(new Cut(one, other));
  }

  void heal(Party one, Party other) {
    cuts.remove(new Cut(one, other));
    cuts.remove(new Cut(other, one));
  }

  /** Only what goes from the one to the other vanishes. */
  void cutOneWay(Party from, Party to) {
    oneWays.add(new OneWay(from, to));
  }

  void healOneWay(Party from, Party to) {
    oneWays.remove(new OneWay(from, to));
  }

  /** The addresses that the party is at. */
  Set<String> addressesOf(Party party) {
    return partiesByAddress.entrySet().stream()
        .filter(entry -> entry.getValue().contains(party))
        .map(Map.Entry::getKey)
        .collect(Collectors.toSet());
  }

  /** The selectors, as {@code ip rule} has them, of the packets that must vanish. */
  Set<String> drops() {
    Set<String> drops = new HashSet<>();
    for (Cut cut : cuts) {
      partiesByAddress.forEach(
          (here, parties) -> {
            if (parties.contains(cut.one())) {
              dropBetween(here, cut.one(), cut.other(), drops);
            }
            if (parties.contains(cut.other())) {
              dropBetween(here, cut.other(), cut.one(), drops);
            }
          });
      closeDoor(cut.one(), cut.other(), drops);
      closeDoor(cut.other(), cut.one(), drops);
    }
    for (OneWay oneWay : oneWays) {
      for (String from : addressesOf(oneWay.from())) {
        addressesOf(oneWay.to()).forEach(to -> drops.add("from %s to %s".formatted(from, to)));
      }
    }
    return drops;
  }

  private void dropBetween(String here, Party party, Party other, Set<String> drops) {
    partiesByAddress.forEach(
        (there, parties) -> {
          boolean apart =
              other.equals(Party.everybodyElse())
                  ? !parties.contains(party)
                  : parties.contains(other);
          if (apart && !there.equals(here)) {
            drops.add("from %s to %s".formatted(here, there));
            drops.add("from %s to %s".formatted(there, here));
          }
        });
  }

  private void closeDoor(Party guest, Party other, Set<String> drops) {
    boolean apart = other.equals(Party.apiServer()) || other.equals(Party.everybodyElse());
    if (apart && doors.containsKey(guest)) {
      drops.add("from " + doors.get(guest));
      drops.add("to " + doors.get(guest));
    }
  }
}
