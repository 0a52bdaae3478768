package shedlab.report.raw;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import shedlab.load.ArrivalProcess;
import shedlab.load.Trace;
import shedlab.report.result.Manifest;
import shedlab.report.result.Variant;
import shedlab.spec.SpecException;

/**
 * The recordings of arrivals that a run depends on. Its plan has their digests, and its folder a
 * copy of each: {@code trace-<the digest's beginning>.txt}.
 */
public final class Recordings {
  private static final String KEY = "arrivals";

  /** In plans before format 4 that named a file; it may have changed since, and is not read. */
  private static final String BY_PATH = "trace:file=";

  private static final int NAME = 16;

  private Recordings() {}

  /** Puts a copy of each into a run's folder, which is made if it is not there. */
  public static void keep(Path folder, Collection<ArrivalProcess> arrivals) throws IOException {
    for (ArrivalProcess process : arrivals) {
      Optional<Trace> trace = process.trace();
      if (trace.isPresent()) {
        Files.createDirectories(folder);
        Files.writeString(folder.resolve(file(trace.get().digest())), trace.get().text());
      }
    }
  }

  /**
   * The names of a plan's copies.
   *
   * @throws IOException if the plan's arrivals cannot be read
   */
  public static List<String> files(Manifest plan) throws IOException {
    return digests(plan).stream().map(Recordings::file).toList();
  }

  /**
   * Reads every copy.
   *
   * @throws IOException that names the plan, if its arrivals cannot be read, or the first copy that
   *     is missing or is not what the plan says
   */
  public static void check(Path folder, Manifest plan) throws IOException {
    for (String digest : digests(plan)) {
      read(folder, digest);
    }
  }

  /**
   * How the requests of a run arrived.
   *
   * @param text of the plan
   * @return nothing for an early plan that only has the path of a recording
   * @throws IOException if the copy is missing or is not what the plan says
   */
  public static Optional<ArrivalProcess> arrivals(Path folder, String text) throws IOException {
    if (text.startsWith(BY_PATH)) {
      return Optional.empty();
    }
    ArrivalProcess process = ArrivalProcess.parse(text);
    Optional<String> missing = process.missing();
    return Optional.of(missing.isPresent() ? process.with(read(folder, missing.get())) : process);
  }

  private static Set<String> digests(Manifest plan) throws IOException {
    Set<String> digests = new LinkedHashSet<>();
    for (Variant variant : plan.grid().variants()) {
      String text = plan.settings(variant.name()).getOrDefault(KEY, "poisson");
      try {
        if (!text.startsWith(BY_PATH)) {
          ArrivalProcess.parse(text).missing().ifPresent(digests::add);
        }
      } catch (SpecException e) {
        throw new IOException("plan.json: " + e.getMessage(), e);
      }
    }
    return digests;
  }

  private static Trace read(Path folder, String digest) throws IOException {
    Path file = folder.resolve(file(digest));
    try {
      Trace trace = Trace.read(file.toString());
      if (trace.digest().equals(digest)) {
        return trace;
      }
      throw new IOException(
          SpecException.message(file + ": sha256", trace.digest(), digest + ", as in the plan"));
    } catch (SpecException e) {
      throw new IOException(e.getMessage(), e);
    }
  }

  private static String file(String digest) {
    return "trace-" + digest.substring(0, NAME) + ".txt";
  }
}
