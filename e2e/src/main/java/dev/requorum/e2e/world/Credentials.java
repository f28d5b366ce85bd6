package dev.requorum.e2e.world;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * What the control plane and its clients know each other by, made anew for each world: the API
 * server's certificate, the key that signs ServiceAccount tokens, and bearer tokens for the
 * administrator and the controller manager.
 */
final class Credentials {
  private static final SecureRandom RANDOM = new SecureRandom();

  final Path certificate = Layout.CREDENTIALS.resolve("api-server.crt");
  final Path certificateKey = Layout.CREDENTIALS.resolve("api-server.key");
  final Path serviceAccountKey = Layout.CREDENTIALS.resolve("service-accounts.key");
  final Path serviceAccountPublicKey = Layout.CREDENTIALS.resolve("service-accounts.pub");
  final Path tokens = Layout.CREDENTIALS.resolve("tokens.csv");
  final String adminToken = randomToken();
  final String controllerManagerToken = randomToken();

  /** Makes them, with a certificate that is good for these addresses of the API server. */
  Credentials(List<String> addresses) {
    Layout.makeDirectory(Layout.CREDENTIALS);
    write(
        tokens,
        "%s,admin,admin,system:masters%n%s,system:kube-controller-manager,controller-manager%n"
            .formatted(adminToken, controllerManagerToken));
    CompletableFuture<Void> key = CompletableFuture.runAsync(this::makeServiceAccountKey);
    try {
      makeCertificate(addresses);
      key.join();
    } catch (GeneralSecurityException | IOException e) {
      throw new WorldException("can't make the API server's credentials", e);
    }
  }

  /** The API server's certificate, which is its own authority. */
  String certificateAuthority() {
    try {
      return Files.readString(certificate);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void makeServiceAccountKey() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
      generator.initialize(2048);
      KeyPair pair = generator.generateKeyPair();
      write(serviceAccountKey, pem("PRIVATE KEY", pair.getPrivate().getEncoded()));
      write(serviceAccountPublicKey, pem("PUBLIC KEY", pair.getPublic().getEncoded()));
    } catch (NoSuchAlgorithmException e) {
      throw new WorldException("can't make the key for ServiceAccount tokens", e);
    }
  }

  private void makeCertificate(List<String> addresses)
      throws GeneralSecurityException, IOException {
    Path store = Layout.CREDENTIALS.resolve("api-server.p12");
    String password = randomToken();
    List<String> names = new ArrayList<>(List.of("DNS:localhost"));
    addresses.forEach(address -> names.add("IP:" + address));
    Path passwordFile = Layout.CREDENTIALS.resolve("password");
    write(passwordFile, password);
    Command.run(
        "",
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
            "-J-XX:TieredStopAtLevel=1",
            "-J-XX:-UsePerfData",
            "-genkeypair",
            "-alias",
            "api-server",
            "-keyalg",
            "EC",
            "-groupname",
            "secp256r1",
            "-dname",
            "CN=kube-apiserver",
            "-ext",
            "SAN=" + String.join(",", names),
            "-ext",
            "BC=ca:true",
            "-validity",
            "30",
            "-storetype",
            "PKCS12",
            "-keystore",
            store.toString(),
            "-storepass:file",
            passwordFile.toString()));
    KeyStore keys = KeyStore.getInstance("PKCS12");
    try (InputStream stored = Files.newInputStream(store)) {
      keys.load(stored, password.toCharArray());
    }
    Key key = keys.getKey("api-server", password.toCharArray());
    write(certificateKey, pem("PRIVATE KEY", key.getEncoded()));
    write(certificate, pem("CERTIFICATE", keys.getCertificate("api-server").getEncoded()));
  }

  private static String pem(String type, byte[] encoded) {
    return "-----BEGIN %s-----%n%s%n-----END %s-----%n"
        .formatted(type, Base64.getMimeEncoder().encodeToString(encoded), type);
  }

  private static String randomToken() {
    byte[] bytes = new byte[24];
    RANDOM.nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }

  static void write(Path file, String text) {
    try {
      if (!Files.exists(file)) {
        Files.createFile(
            file,
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      }
      Files.write(file, text.getBytes(StandardCharsets.US_ASCII));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
