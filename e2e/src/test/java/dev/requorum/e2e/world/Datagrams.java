package dev.requorum.e2e.world;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.SocketAddress;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A program that sends datagrams of a kilobyte to another of its kind, a hundred in a second, and
 * says how many it has heard. The one that is given no address answers whom it hears first.
 */
final class Datagrams {
  private static final int PORT = 9_999;
  private static final long MILLIS_BETWEEN = 10;
  private static final int BYTES = 1_000;

  private Datagrams() {}

  /** The argument is the other's address. */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    DatagramSocket socket = new DatagramSocket(PORT);
    AtomicReference<SocketAddress> other = new AtomicReference<>();
    if (arguments.length > 0) {
      other.set(new InetSocketAddress(arguments[0], PORT));
    }
    System.out.println("address " + address());
    Thread ear = new Thread(() -> hear(socket, other), "ear");
    ear.setDaemon(true);
    ear.start();
    while (true) {
      if (other.get() != null) {
        socket.send(new DatagramPacket(new byte[BYTES], BYTES, other.get()));
      }
      Thread.sleep(MILLIS_BETWEEN);
    }
  }

  private static String address() throws IOException {
    return NetworkInterface.getByName("eth0")
        .inetAddresses()
        .filter(address -> address.getAddress().length == 4)
        .map(InetAddress::getHostAddress)
        .findFirst()
        .orElseThrow();
  }

  private static void hear(DatagramSocket socket, AtomicReference<SocketAddress> other) {
    try {
      for (int heard = 1; ; heard++) {
        DatagramPacket packet = new DatagramPacket(new byte[BYTES], BYTES);
        socket.receive(packet);
        other.compareAndSet(null, packet.getSocketAddress());
        System.out.println("heard " + heard);
      }
    } catch (IOException e) {
      System.out.println("deaf: " + e);
    }
  }

  /** How many the process has heard up to now. */
  static int heardBy(WorldProcess process) {
    Matcher heard = Pattern.compile("heard (\\d+)\n").matcher(process.log());
    int most = 0;
    while (heard.find()) {
      most = Integer.parseInt(heard.group(1));
    }
    return most;
  }

  /** Where the process is, once it has said so. */
  static Optional<String> addressOf(WorldProcess process) {
    Matcher address = Pattern.compile("address (\\S+)\n").matcher(process.log());
    return address.find() ? Optional.of(address.group(1)) : Optional.empty();
  }
}
