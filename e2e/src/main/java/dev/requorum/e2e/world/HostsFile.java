package dev.requorum.e2e.world;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/**
 * The world's /etc/hosts, which all of its processes see through a bind mount.
 *
 * <p>It is written in place, each line at once and never shortened, so that nobody reads half of
 * it. A name that was once there stays: where cluster DNS would say "no such name" of a pod that is
 * gone, here its last address doesn't answer.
 */
final class HostsFile {
  private static final String LINE = "%-15s %s%n";

  private final Path file;
  private final Map<String, String> addressByName = new HashMap<>();
  private final Map<String, Long> offsetByName = new HashMap<>();

  HostsFile(Path file) {
    this.file = file;
  }

  synchronized void put(String name, String address) {
    if (address.equals(addressByName.get(name))) {
      return;
    }
    try (RandomAccessFile hosts = new RandomAccessFile(file.toFile(), "rw")) {
      long offset = offsetByName.getOrDefault(name, hosts.length());
      hosts.seek(offset);
      hosts.write(LINE.formatted(address, name).getBytes(StandardCharsets.US_ASCII));
      offsetByName.put(name, offset);
      addressByName.put(name, address);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
