package dev.requorum.e2e.demo;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Where the report of a run is left. */
record ReportFile(Path path) {

  /** Removes what a former run left. */
  void clear() {
    try {
      Files.deleteIfExists(path);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot remove the former report " + path, e);
    }
  }

  void write(Report report) {
    writeJson(report);
  }

  void write(FailureReport report) {
    writeJson(report);
  }

  private void writeJson(Object report) {
    try {
      Files.createDirectories(path.toAbsolutePath().getParent());
      new ObjectMapper()
          .enable(SerializationFeature.INDENT_OUTPUT)
          .writeValue(path.toFile(), report);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write the report " + path, e);
    }
  }
}
