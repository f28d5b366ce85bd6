package dev.requorum.fabric8;

import static org.assertj.core.api.Assertions.assertThat;

import dev.requorum.ports.etcd.MemberId;
import dev.requorum.ports.kubernetes.VolumeMarks;
import dev.requorum.ports.kubernetes.VolumeMarks.KeptDirectory;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaimBuilder;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("Marks as annotations of a claim")
class ClaimAnnotationsTest {

  private static final VolumeMarks MARKS =
      new VolumeMarks(
          Optional.of("i-2-1"),
          Optional.of(new MemberId(-1)),
          List.of(
              new KeptDirectory("i-1", Optional.empty()),
              new KeptDirectory("i-2", Optional.of("i-1-1"))));

  private static final Map<String, String> WRITTEN =
      Map.of(
          "operator.etcd.io/data-directory", "i-2-1",
          "operator.etcd.io/member", "ffffffffffffffff",
          "operator.etcd.io/kept-directories", "i-1=.,i-2=i-1-1");

  @Test
  @DisplayName("They are words that kubectl describe shows, and come back as they were")
  void roundTrip() {
    assertThat(ClaimAnnotations.with(Map.of(), MARKS)).isEqualTo(WRITTEN);
    assertThat(read(WRITTEN)).isEqualTo(MARKS);
    assertThat(ClaimAnnotations.readable(read(WRITTEN))).isTrue();
  }

  @Test
  @DisplayName("No marks are no annotations; those of others stay")
  void none() {
    Map<String, String> others = Map.of("example.org/note", "keep me");

    assertThat(read(null)).isEqualTo(VolumeMarks.none());
    assertThat(read(others)).isEqualTo(VolumeMarks.none());
    Map<String, String> marked = ClaimAnnotations.with(others, MARKS);
    assertThat(marked).containsAllEntriesOf(others).containsAllEntriesOf(WRITTEN);
    assertThat(ClaimAnnotations.with(marked, VolumeMarks.none())).isEqualTo(others);
  }

  @ParameterizedTest(name = "{0} = [{1}]")
  @CsvSource({
    "data-directory, ''",
    "data-directory, ../i-2-1",
    "data-directory, i-2/member",
    "data-directory, -rf",
    "data-directory, UPPER",
    "member, ''",
    "member, nobody",
    "member, 0",
    "member, 10000000000000000",
    "kept-directories, ''",
    "kept-directories, ' '",
    "kept-directories, i-1",
    "kept-directories, '=.'",
    "kept-directories, 'i-1='",
    "kept-directories, i-1=..",
    "kept-directories, i-1=/",
    "kept-directories, 'i-1=.,'",
    "kept-directories, 'i-1=.;i-2=i-1-1'",
  })
  @DisplayName("A garbled one tells nobody to start, and keeps the claim from being deleted")
  void garbled(String key, String garbage) {
    Map<String, String> annotations = new java.util.HashMap<>(WRITTEN);
    annotations.put("operator.etcd.io/" + key, garbage);

    VolumeMarks marks = read(annotations);

    assertThat(marks.directory()).isEmpty();
    assertThat(marks.member()).contains(new MemberId(0));
    assertThat(marks.kept())
        .contains(
            new KeptDirectory(
                ClaimAnnotations.UNREADABLE, Optional.of(ClaimAnnotations.UNREADABLE)));
    assertThat(ClaimAnnotations.readable(marks)).isFalse();
  }

  @Test
  @DisplayName("What can be understood beside garbage is not forgotten, nor that there was garbage")
  void rewritten() {
    VolumeMarks garbled = read(Map.of("operator.etcd.io/kept-directories", "i-1=.,oops"));
    assertThat(garbled.kept()).contains(new KeptDirectory("i-1", Optional.empty()));
    VolumeMarks next = new VolumeMarks(MARKS.directory(), MARKS.member(), garbled.kept());

    VolumeMarks again = read(ClaimAnnotations.with(Map.of(), next));

    assertThat(again).isEqualTo(next);
    assertThat(ClaimAnnotations.readable(again)).isFalse();
  }

  private static VolumeMarks read(Map<String, String> annotations) {
    return ClaimAnnotations.of(
        new PersistentVolumeClaimBuilder()
            .withNewMetadata()
            .withAnnotations(annotations)
            .endMetadata()
            .build());
  }
}
