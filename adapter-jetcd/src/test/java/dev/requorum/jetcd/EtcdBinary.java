package dev.requorum.jetcd;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** The etcd server that the tests run: {@code $REQUORUM_BIN/etcd-$REQUORUM_ETCD_VERSION}. */
final class EtcdBinary {

  private static final String DEFAULT_VERSION = "3.6.16";

  private EtcdBinary() {}

  /**
   * @throws IllegalStateException where it is not there, with what to do
   */
  static Path find() {
    String version =
        Optional.ofNullable(System.getenv("REQUORUM_ETCD_VERSION")).orElse(DEFAULT_VERSION);
    String directory =
        Optional.ofNullable(System.getenv("REQUORUM_BIN"))
            .orElseThrow(
                () ->
                    new IllegalStateException(
                        "REQUORUM_BIN is not set; it must name the directory that holds etcd-"
                            + version));
    Path binary = Path.of(directory, "etcd-" + version);
    if (!Files.isExecutable(binary)) {
      throw new IllegalStateException("there is no executable " + binary + " ($REQUORUM_BIN)");
    }
    return binary;
  }
}
