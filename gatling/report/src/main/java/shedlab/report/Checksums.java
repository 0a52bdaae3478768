package shedlab.report;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import shedlab.report.file.Lines;
import shedlab.report.raw.RawCell;
import shedlab.report.result.RunFiles;

/**
 * {@code SHA256SUMS}: the digest of every file that a report was made from, as {@code sha256sum}
 * writes and checks them. A byte that changes later is noticed, whether a figure rests on it or
 * not.
 */
public final class Checksums {
  /** The file's name in a run's folder. */
  public static final String FILE = "SHA256SUMS";

  private static final String LINE = "[0-9a-f]{64}  [^/].*";
  private static final int DIGITS = 64;

  private Checksums() {}

  /** The text of the file, by path. */
  static String of(Path run) throws IOException {
    var text = new StringBuilder();
    digests(run).forEach((path, digest) -> text.append(digest + "  " + path + "\n"));
    return text.toString();
  }

  /**
   * What has changed since the report was made, a line for each file.
   *
   * @throws IOException that names file and line, if the file is not what it should be
   */
  public static List<String> differences(Path run) throws IOException {
    if (!Files.isRegularFile(run.resolve(FILE))) {
      return List.of(FILE + ": missing (expected: made by the report)");
    }
    Map<String, String> then = read(run.resolve(FILE));
    Map<String, String> now = digests(run);
    var paths = new TreeSet<String>(then.keySet());
    paths.addAll(now.keySet());
    var found = new ArrayList<String>();
    for (String path : paths) {
      String what = difference(then.get(path), now.get(path));
      if (what != null) {
        found.add(path + ": " + what + ", by " + FILE + ")");
      }
    }
    return found;
  }

  private static @Nullable String difference(@Nullable String then, @Nullable String now) {
    if (then == null) {
      return "there (expected: not there when the report was made";
    }
    if (now == null) {
      return "missing (expected: as when the report was made";
    }
    return then.equals(now) ? null : "changed (expected: as when the report was made";
  }

  private static Map<String, String> read(Path file) throws IOException {
    var digests = new TreeMap<String, String>();
    try (Lines lines = Lines.of(file)) {
      for (String line = lines.nextWhole(); line != null; line = lines.nextWhole()) {
        if (!line.matches(LINE)) {
          throw lines.place().broken("line", line, "a digest, two blanks and a path");
        }
        digests.put(line.substring(DIGITS + 2), line.substring(0, DIGITS));
      }
    }
    return digests;
  }

  private static Map<String, String> digests(Path run) throws IOException {
    var digests = new TreeMap<String, String>();
    add(digests, run, "", RunFiles.PUBLISHED);
    Path cells = run.resolve("cells");
    if (Files.isDirectory(cells)) {
      try (Stream<Path> all = Files.list(cells)) {
        for (Path cell : all.filter(Files::isDirectory).toList()) {
          add(digests, cell, "cells/" + cell.getFileName() + "/", new RawCell(cell).published());
        }
      }
    }
    return digests;
  }

  private static void add(
      Map<String, String> digests, Path folder, String prefix, List<String> names)
      throws IOException {
    for (String name : names) {
      if (Files.isRegularFile(folder.resolve(name))) {
        digests.put(prefix + name, digest(folder.resolve(name)));
      }
    }
  }

  private static String digest(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      MessageDigest sha = MessageDigest.getInstance("SHA-256");
      byte[] chunk = new byte[65_536];
      for (int read = in.read(chunk); read > 0; read = in.read(chunk)) {
        sha.update(chunk, 0, read);
      }
      return HexFormat.of().formatHex(sha.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e); // every Java has it
    }
  }
}
