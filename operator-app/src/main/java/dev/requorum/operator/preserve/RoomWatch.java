package dev.requorum.operator.preserve;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** A stream to a file system that stops before that is full. */
final class RoomWatch extends FilterOutputStream {

  private static final long LOOK_EVERY_BYTES = 4L << 20;

  private final Path directory;
  private final long reserveBytes;
  private long written;
  private long nextLook = LOOK_EVERY_BYTES;
  private String refusal;

  /**
   * @param reserveBytes how much has to stay free
   */
  RoomWatch(OutputStream to, Path directory, long reserveBytes) {
    super(to);
    this.directory = directory;
    this.reserveBytes = reserveBytes;
  }

  @Override
  public void write(int oneByte) throws IOException {
    write(new byte[] {(byte) oneByte}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    if (written + length > nextLook) {
      requireRoom();
      nextLook = written + length + LOOK_EVERY_BYTES;
    }
    out.write(bytes, offset, length);
    written += length;
  }

  /** Why it stopped, with figures; empty where it did not. */
  Optional<String> refusal() {
    return Optional.ofNullable(refusal);
  }

  private void requireRoom() throws IOException {
    long usable = Files.getFileStore(directory).getUsableSpace();
    if (usable < reserveBytes) {
      refusal =
          "%s has only %d bytes left after %d bytes of the copy were written; %d have to stay free"
              .formatted(directory, usable, written, reserveBytes);
      throw new IOException(refusal);
    }
  }
}
