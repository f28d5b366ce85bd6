package dev.requorum.e2e.world;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Hands out the world's addresses.
 *
 * <p>A pod's name keeps its address from one incarnation to the next, because Go programs go on
 * using what they read in /etc/hosts for up to five seconds. Only when the earlier incarnation
 * still runs, on a node that does not know better, does the next one get another address.
 */
final class Addresses {
  private static final int FIRST = 16;
  private static final int LAST = 250 * 256 - 1;

  private final Map<String, String> addressByName = new HashMap<>();
  private final Set<String> inUse = new HashSet<>();
  private int next = FIRST;

  /** An address for the owner of that name; nobody else gets it until it is given back. */
  synchronized String take(String name) {
    String address = addressByName.get(name);
    if (address == null || inUse.contains(address)) {
      address = fresh();
      addressByName.put(name, address);
    }
    inUse.add(address);
    return address;
  }

  synchronized void giveBack(String address) {
    inUse.remove(address);
  }

  private String fresh() {
    if (next > LAST) {
      throw new WorldException("this world has given out all of its addresses");
    }
    int number = next++;
    return "10.9.%d.%d".formatted(number / 256, number % 256);
  }
}
