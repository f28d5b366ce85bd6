package dev.requorum.fabric8;

import dev.requorum.ports.etcd.MemberId;
import dev.requorum.ports.kubernetes.VolumeMarks;
import dev.requorum.ports.kubernetes.VolumeMarks.KeptDirectory;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * {@link VolumeMarks} as annotations of a PersistentVolumeClaim:
 *
 * <ul>
 *   <li>{@value #DIRECTORY}: the directory in use, by its name on the volume
 *   <li>{@value #MEMBER}: the member id, in hexadecimal, whose data is in it
 *   <li>{@value #KEPT}: {@code <incident>=<directory>}, separated by commas; {@code .} is the
 *       volume's own top
 * </ul>
 *
 * <p>Where any of the three cannot be understood, the claim is one on which nobody is started and
 * which is never deleted as unused: its directory is not told, its member is nobody, and beside the
 * kept directories that can be understood it has one of the incident {@value #UNREADABLE}, which is
 * no incident's id, so that no acknowledgement is about it. Whoever removes kept directories goes
 * by the incident, and leaves claims alone that are not {@link #readable}.
 */
public final class ClaimAnnotations {

  public static final String DIRECTORY = "operator.etcd.io/data-directory";
  public static final String MEMBER = "operator.etcd.io/member";
  public static final String KEPT = "operator.etcd.io/kept-directories";

  /** In place of an incident's id: something was kept, and what cannot be read any more. */
  public static final String UNREADABLE = "unreadable-annotation";

  /** What a directory beneath a volume's top may be called. */
  private static final Pattern LEAF = Pattern.compile("[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?");

  /** Stands for a volume's own top. */
  public static final String TOP = ".";

  /** Stands for a member that nobody is: where that of a claim cannot be read. */
  private static final MemberId NOBODY = new MemberId(0);

  private ClaimAnnotations() {}

  /** Whether a directory may be called so. */
  public static boolean isLeaf(String name) {
    return LEAF.matcher(name).matches();
  }

  /** Whether this stands for a directory: a name that one may have, or {@link #TOP}. */
  public static boolean isDirectory(String word) {
    return word.equals(TOP) || isLeaf(word);
  }

  /** What is written on this claim; never throws. */
  public static VolumeMarks of(PersistentVolumeClaim claim) {
    Map<String, String> annotations =
        Optional.ofNullable(claim.getMetadata().getAnnotations()).orElseGet(Map::of);
    Optional<String> directory = Optional.ofNullable(annotations.get(DIRECTORY));
    Optional<MemberId> member =
        Optional.ofNullable(annotations.get(MEMBER)).map(ClaimAnnotations::member);
    List<String> entries = entries(annotations.get(KEPT));
    List<KeptDirectory> kept =
        entries.stream().map(ClaimAnnotations::kept).flatMap(Optional::stream).toList();
    boolean sound =
        directory.filter(name -> !isLeaf(name)).isEmpty()
            && member.filter(NOBODY::equals).isEmpty()
            && kept.size() == entries.size();
    return sound ? new VolumeMarks(directory, member, kept) : garbled(kept);
  }

  private static VolumeMarks garbled(List<KeptDirectory> understood) {
    List<KeptDirectory> kept = new ArrayList<>(understood);
    KeptDirectory something = new KeptDirectory(UNREADABLE, Optional.of(UNREADABLE));
    if (!kept.contains(something)) {
      kept.add(something);
    }
    return new VolumeMarks(Optional.empty(), Optional.of(NOBODY), kept);
  }

  /** False where, now or earlier, an annotation could not be understood. */
  public static boolean readable(VolumeMarks marks) {
    return marks.kept().stream().noneMatch(kept -> kept.incident().equals(UNREADABLE));
  }

  /** These annotations, with the marks in place of those that are there. */
  public static Map<String, String> with(Map<String, String> annotations, VolumeMarks marks) {
    Map<String, String> all = new TreeMap<>(annotations == null ? Map.of() : annotations);
    put(all, DIRECTORY, marks.directory());
    put(all, MEMBER, marks.member().map(MemberId::toString));
    put(
        all,
        KEPT,
        Optional.of(
                marks.kept().stream()
                    .map(kept -> kept.incident() + "=" + kept.directory().orElse(TOP))
                    .collect(Collectors.joining(",")))
            .filter(text -> !text.isEmpty()));
    return all;
  }

  private static void put(Map<String, String> all, String key, Optional<String> value) {
    value.ifPresentOrElse(text -> all.put(key, text), () -> all.remove(key));
  }

  private static MemberId member(String text) {
    try {
      return MemberId.parse(text);
    } catch (NumberFormatException e) {
      return NOBODY;
    }
  }

  private static List<String> entries(String text) {
    return text == null ? List.of() : List.of(text.split(",", -1));
  }

  private static Optional<KeptDirectory> kept(String entry) {
    String[] parts = entry.trim().split("=", 2);
    boolean sound = parts.length == 2 && !parts[0].isBlank() && isDirectory(parts[1]);
    return sound
        ? Optional.of(
            new KeptDirectory(parts[0], Optional.of(parts[1]).filter(name -> !name.equals(TOP))))
        : Optional.empty();
  }
}
