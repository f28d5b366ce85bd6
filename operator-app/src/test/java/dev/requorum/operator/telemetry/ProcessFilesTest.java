package dev.requorum.operator.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("What Linux tells of the process")
class ProcessFilesTest {

  @TempDir private Path proc;

  @BeforeEach
  void makeSelf() throws IOException {
    Files.createDirectory(proc.resolve("self"));
  }

  @Test
  @DisplayName("resident memory is VmRSS, in bytes")
  void residentMemory() throws IOException {
    write(
        "self/status", "Name:\tjava\nVmHWM:\t  200000 kB\nVmRSS:\t  130516 kB\nRssAnon:\t 1 kB\n");
    assertThat(new ProcessFiles(proc).residentBytes()).contains(130516L * 1024);
  }

  @Test
  @DisplayName("the age is the machine's uptime less the tick that the process started at")
  void age() throws IOException {
    write("uptime", "1234.56 2000.00\n");
    write(
        "self/stat",
        "7 (a java) b) S 0 7 7 0 -1 4194560 1 0 0 0 1 1 0 0 20 0 30 0 123300 1 1 18446744073709551615");
    assertThat(new ProcessFiles(proc).age()).contains(Duration.ofMillis(1560));
  }

  @Test
  @DisplayName("where there is no procfs, or one of another form, nothing is told")
  void elsewhere() throws IOException {
    assertThat(new ProcessFiles(proc).residentBytes()).isEmpty();
    assertThat(new ProcessFiles(proc).age()).isEmpty();
    write("uptime", "soon\n");
    write("self/stat", "7 (java) S\n");
    write("self/status", "Name:\tjava\nVmRSS:\tmuch\n");
    assertThat(new ProcessFiles(proc).residentBytes()).isEmpty();
    assertThat(new ProcessFiles(proc).age()).isEmpty();
  }

  @Test
  @DisplayName("where procfs holds what is not text, nothing is told")
  void noText() throws IOException {
    Files.write(proc.resolve("self/status"), new byte[] {'V', (byte) 0xff, '\n'});
    assertThat(new ProcessFiles(proc).residentBytes()).isEmpty();
  }

  private void write(String file, String text) throws IOException {
    Files.writeString(proc.resolve(file), text);
  }
}
