package dev.requorum.operator.preserve;

import dev.requorum.ports.ClusterRef;
import dev.requorum.ports.Fact;
import dev.requorum.ports.Outcome;
import dev.requorum.ports.PortFailure;
import dev.requorum.ports.Preservation;
import dev.requorum.ports.etcd.MemberData;
import dev.requorum.ports.etcd.MemberEndpoint;
import dev.requorum.ports.record.PreservedCopy;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Keeps copies as etcd snapshots in a directory: {@code <dir>/<namespace>/<name>/<incident>.db},
 * which {@code etcdutl snapshot restore} takes, with its checksum beside it.
 *
 * <p>Guaranteed: a copy is found only when all of it and of its checksum are on the disk; a copy
 * that exists is never written to again; only the operator's own user can read what it makes (a
 * directory that was there before keeps its rights). Not guaranteed: that the directory outlives
 * the operator; give it a volume.
 */
public final class FilePreservation implements Preservation {

  /** How many bytes of the directory's file system have to stay free. */
  public static final long RESERVE_BYTES = 64L << 20;

  private static final Pattern INCIDENT = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,99}");

  /** A copy holds all that the cluster stored, secrets included. */
  private static final Set<PosixFilePermission> OWNER_ONLY_FILE =
      PosixFilePermissions.fromString("rw-------");

  private static final Set<PosixFilePermission> OWNER_ONLY_DIRECTORY =
      PosixFilePermissions.fromString("rwx------");

  private final Path directory;
  private final MemberData data;
  private final InstantSource clock;
  private final Duration limit;
  private final long reserveBytes;

  public FilePreservation(Path directory, MemberData data, InstantSource clock, Duration limit) {
    this(directory, data, clock, limit, RESERVE_BYTES);
  }

  FilePreservation(
      Path directory, MemberData data, InstantSource clock, Duration limit, long reserveBytes) {
    this.directory = directory;
    this.data = data;
    this.clock = clock;
    this.limit = limit;
    this.reserveBytes = reserveBytes;
  }

  @Override
  public Fact<Optional<PreservedCopy>> find(ClusterRef cluster, String incident) {
    if (!INCIDENT.matcher(incident).matches()) {
      return Fact.unknown("\"%s\" is no incident's id".formatted(incident));
    }
    try {
      return Fact.known(complete(copy(cluster, incident)));
    } catch (IOException e) {
      return Fact.unknown("%s could not be read: %s".formatted(copy(cluster, incident), e));
    }
  }

  @Override
  public Outcome preserve(ClusterRef cluster, String incident, MemberEndpoint survivor) {
    if (!INCIDENT.matcher(incident).matches()) {
      return Outcome.refused("\"%s\" is no incident's id".formatted(incident));
    }
    Path copy = copy(cluster, incident);
    try {
      if (complete(copy).isPresent()) {
        return Outcome.done();
      }
      Files.createDirectories(
          copy.getParent(), PosixFilePermissions.asFileAttribute(OWNER_ONLY_DIRECTORY));
      return write(copy, survivor);
    } catch (IOException e) {
      throw new PortFailure("copy the data of " + survivor.name() + " to " + copy, e);
    }
  }

  private Path copy(ClusterRef cluster, String incident) {
    return directory.resolve(cluster.namespace()).resolve(cluster.name()).resolve(incident + ".db");
  }

  /** The size is compared, not the checksum: this is asked at every look during a rebuild. */
  private static Optional<PreservedCopy> complete(Path copy) throws IOException {
    Optional<Sidecar> sidecar = Sidecar.read(copy);
    if (sidecar.isEmpty() || !Files.exists(copy)) {
      return Optional.empty();
    }
    return Files.size(copy) == sidecar.get().bytes()
        ? Optional.of(sidecar.get().of(copy))
        : Optional.empty();
  }

  private Outcome write(Path copy, MemberEndpoint survivor) throws IOException {
    long usable = Files.getFileStore(copy.getParent()).getUsableSpace();
    if (usable < reserveBytes) {
      return Outcome.refused(
          "%s has only %d bytes left; %d have to stay free, and the copy comes on top"
              .formatted(copy.getParent(), usable, reserveBytes));
    }
    Path partial = copy.resolveSibling(copy.getFileName() + ".partial");
    try {
      return write(copy, partial, survivor);
    } finally {
      Files.deleteIfExists(partial);
    }
  }

  private Outcome write(Path copy, Path partial, MemberEndpoint survivor) throws IOException {
    MessageDigest sha256 = sha256();
    long bytes;
    try (FileChannel file = created(partial)) {
      OutputStream digested = new DigestOutputStream(Channels.newOutputStream(file), sha256);
      RoomWatch watched = new RoomWatch(digested, partial.getParent(), reserveBytes);
      try {
        bytes = data.snapshot(survivor, watched, limit);
      } catch (PortFailure e) {
        if (watched.refusal().isPresent()) {
          return Outcome.refused(watched.refusal().get());
        }
        throw e;
      }
      file.force(true);
    }
    String checksum = HexFormat.of().formatHex(sha256.digest());
    Sidecar sidecar = new Sidecar(checksum, bytes, clock.instant().truncatedTo(ChronoUnit.MILLIS));
    if (Files.size(partial) != bytes || !checksum.equals(checksumOf(partial))) {
      throw new IOException("what was written does not read back as it was sent");
    }
    move(partial, copy);
    writeSidecar(copy, sidecar);
    return Outcome.done();
  }

  private static void writeSidecar(Path copy, Sidecar sidecar) throws IOException {
    Path target = Sidecar.besides(copy);
    Path partial = target.resolveSibling(target.getFileName() + ".partial");
    try (FileChannel file = created(partial)) {
      ByteBuffer content = StandardCharsets.UTF_8.encode(sidecar.render(copy));
      while (content.hasRemaining()) {
        file.write(content);
      }
      file.force(true);
    }
    move(partial, target);
  }

  private static FileChannel created(Path file) throws IOException {
    Files.deleteIfExists(file);
    return FileChannel.open(
        file,
        Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
        PosixFilePermissions.asFileAttribute(OWNER_ONLY_FILE));
  }

  /** A rename is on the disk once its directory is. */
  private static void move(Path from, Path to) throws IOException {
    Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    try (FileChannel parent = FileChannel.open(to.getParent(), StandardOpenOption.READ)) {
      parent.force(true);
    }
  }

  private static String checksumOf(Path file) throws IOException {
    MessageDigest sha256 = sha256();
    try (OutputStream digest = new DigestOutputStream(OutputStream.nullOutputStream(), sha256)) {
      Files.copy(file, digest);
    }
    return HexFormat.of().formatHex(sha256.digest());
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
