package dev.requorum.jetcd;

import dev.requorum.ports.etcd.MemberEndpoint;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.SocketAddress;
import java.net.URI;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;

/** Addresses that no etcd answers at, in the three ways in which a member can be dead. */
final class DeadAddresses implements Closeable {

  private static final int MORE_THAN_ANY_BACKLOG = 8;

  private final List<Closeable> sockets = new ArrayList<>();

  /** The connection is refused at once. */
  MemberEndpoint refusing(String name) {
    return endpoint(name, EtcdProcess.freePort());
  }

  /** The connection is made, and then nothing is ever said on it. */
  MemberEndpoint silent(String name) {
    return endpoint(name, listen().getLocalPort());
  }

  /** The connection is not even made: its first packet is dropped. */
  MemberEndpoint blackHole(String name) {
    try {
      ServerSocket server = listen();
      SocketAddress address = server.getLocalSocketAddress();
      for (int i = 0; i < MORE_THAN_ANY_BACKLOG; i++) {
        SocketChannel filler = SocketChannel.open();
        sockets.add(filler);
        filler.configureBlocking(false);
        filler.connect(address);
      }
      return endpoint(name, server.getLocalPort());
    } catch (IOException e) {
      throw new UncheckedIOException("fill a backlog", e);
    }
  }

  private ServerSocket listen() {
    try {
      ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
      sockets.add(server);
      return server;
    } catch (IOException e) {
      throw new UncheckedIOException("listen", e);
    }
  }

  private static MemberEndpoint endpoint(String name, int port) {
    return new MemberEndpoint(name, URI.create("http://127.0.0.1:" + port));
  }

  @Override
  public void close() throws IOException {
    for (Closeable socket : sockets) {
      socket.close();
    }
  }
}
