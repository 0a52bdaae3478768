package shedlab.servers.host;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import shedlab.spec.SpecException;

/**
 * TLS for every server of this process: one version, and one key that the JDK's {@code keytool}
 * makes when it is first asked for, with a certificate that it signs itself. P-256 is what most of
 * the web uses; with RSA a handshake would cost the server several times as much. Thread-safe.
 */
public final class Tls {
  /** The only version, so that no server chooses another. */
  public static final String VERSION = "TLSv1.3";

  private static final String PASSWORD = "of a key that lives as long as this process";
  private static final long KEYTOOL_SECONDS = 60;

  private static @Nullable SSLContext made;

  private Tls() {}

  /**
   * The server's side, with the key.
   *
   * @throws SpecException if this Java has no {@code keytool}, as some that only run programs
   */
  public static synchronized SSLContext context() {
    SSLContext context = made;
    if (context == null) {
      context = make();
      made = context;
    }
    return context;
  }

  private static SSLContext make() {
    try {
      Path folder = Files.createTempDirectory("shedlab-key");
      Path file = folder.resolve("key.p12");
      try {
        keytool(file);
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream stored = Files.newInputStream(file)) {
          keys.load(stored, PASSWORD.toCharArray());
        }
        var managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(keys, PASSWORD.toCharArray());
        SSLContext context = SSLContext.getInstance(VERSION);
        context.init(managers.getKeyManagers(), null, null);
        return context;
      } finally {
        Files.deleteIfExists(file);
        Files.delete(folder);
      }
    } catch (IOException | GeneralSecurityException e) {
      throw new SpecException(
          "protocol", String.valueOf(e.getMessage()), "a JDK whose keytool makes a key");
    }
  }

  private static void keytool(Path file) throws IOException {
    Process keytool =
        new ProcessBuilder(
                List.of(
                    Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                    "-genkeypair",
                    "-keyalg",
                    "EC",
                    "-groupname",
                    "secp256r1",
                    "-dname",
                    "CN=localhost",
                    "-ext",
                    "SAN=dns:localhost,ip:127.0.0.1",
                    "-validity",
                    "7",
                    "-storetype",
                    "PKCS12",
                    "-storepass",
                    PASSWORD,
                    "-keystore",
                    file.toString()))
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    try {
      if (!keytool.waitFor(KEYTOOL_SECONDS, TimeUnit.SECONDS) || keytool.exitValue() != 0) {
        throw new IOException("keytool failed");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    } finally {
      keytool.destroy();
    }
  }
}
