package shedlab.strategy;

import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.stream.Stream;
import shedlab.spec.SpecException;

/**
 * Other people's strategies: every provider of {@link Pieces} on the class path, and in the jars of
 * one folder.
 */
final class PlugIns {
  private PlugIns() {}

  /**
   * Loads them.
   *
   * @param folder with the jars; an empty text is none, as is a folder that does not exist
   * @throws SpecException if a provider cannot be loaded
   */
  static List<Pieces> of(String folder) {
    requireReadablePath();
    try {
      List<Pieces> found = new ArrayList<>();
      ServiceLoader.load(Pieces.class, loader(folder)).forEach(found::add);
      return found;
    } catch (ServiceConfigurationError e) {
      throw new SpecException(
          "strategies", reason(e), "jars with providers of " + Pieces.class.getName());
    }
  }

  private static String reason(Throwable e) {
    return e.getCause() == null
        ? String.valueOf(e.getMessage())
        : e.getMessage() + ": " + e.getCause().getMessage();
  }

  /** Java takes what follows "!/" for a name within a jar, and would find no file of ours. */
  private static void requireReadablePath() {
    CodeSource source = PlugIns.class.getProtectionDomain().getCodeSource();
    if (source != null && source.getLocation().getPath().contains("!/")) {
      throw new SpecException(
          "folder", readable(source.getLocation()), "a path without a name that ends with '!'");
    }
  }

  /** The path as its user knows it: in a URL, a blank is {@code %20}. */
  private static String readable(URL url) {
    try {
      return Path.of(url.toURI()).toString();
    } catch (URISyntaxException e) {
      return url.getPath();
    }
  }

  private static ClassLoader loader(String folder) {
    ClassLoader own = PlugIns.class.getClassLoader();
    if (folder.isEmpty() || !Files.isDirectory(Path.of(folder))) {
      return own;
    }
    try (Stream<Path> files = Files.list(Path.of(folder))) {
      List<Path> jars = files.filter(file -> file.toString().endsWith(".jar")).sorted().toList();
      URL[] urls = new URL[jars.size()];
      for (int i = 0; i < urls.length; i++) {
        urls[i] = url(jars.get(i));
      }
      return new URLClassLoader(urls, own);
    } catch (IOException e) {
      throw new SpecException("plug-ins", folder, "a folder that can be read");
    }
  }

  private static URL url(Path jar) throws MalformedURLException {
    return jar.toUri().toURL();
  }
}
