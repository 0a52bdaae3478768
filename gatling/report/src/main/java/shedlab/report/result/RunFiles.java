package shedlab.report.result;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import shedlab.report.file.Lines;
import shedlab.report.file.Place;
import shedlab.report.file.StrictJson;
import shedlab.report.file.WholeFile;

/**
 * The folder of one run: {@code plan.json}, {@code env.json}, {@code cells.jsonl} and, per cell,
 * {@code cells/<id>/}. Only this class knows the names of these files and how they survive a crash.
 *
 * <p>A finished cell is one line, forced to the disk before {@link #append} returns. A line that a
 * crash cut off is ignored with a warning and overwritten by the next append, so that the same
 * command can resume. Thread-safe; only one process at a time may use a folder.
 */
public final class RunFiles {
  private static final String PLAN = "plan.json";
  private static final String ENVIRONMENT = "env.json";
  private static final String ENVIRONMENT_AFTER = "env-after.json";
  private static final String CELLS = "cells.jsonl";

  /** The capacities (1x), measured before and after the cells. */
  public static final String CAPACITY = "capacity.json";

  public static final String CAPACITY_AFTER = "capacity-after.json";

  /** The machine's noise floor; {@code shedlab.report.raw.Floor} reads and writes it. */
  public static final String FLOOR = "floor.hlog";

  /** Exchanges without work; {@code shedlab.report.network.RoundTrips} reads and writes it. */
  public static final String ROUND_TRIPS = "roundtrip.hlog";

  /** The folder of the published default run; the names of the others go on with a hyphen. */
  public static final String REFERENCE = "reference";

  /** The files of a published run besides those of its cells, from which its report is made. */
  public static final List<String> PUBLISHED =
      List.of(
          PLAN,
          ENVIRONMENT,
          ENVIRONMENT_AFTER,
          CAPACITY,
          CAPACITY_AFTER,
          FLOOR,
          ROUND_TRIPS,
          CELLS);

  private static final JsonMapper JSON = new JsonMapper();

  private final Path folder;
  private Manifest manifest;
  private final Map<String, String> env;
  private final Map<String, CellResult> cells = new LinkedHashMap<>();

  /** Those cells as they were asked for last; null if a cell was added since. */
  private @Nullable List<CellResult> copied;

  private final Map<CellKey, String> measured = new HashMap<>();
  private final List<String> warnings = new ArrayList<>();

  private RunFiles(Path folder, Manifest manifest, Map<String, String> env) {
    this.folder = folder;
    this.manifest = manifest;
    this.env = Collections.unmodifiableMap(new LinkedHashMap<>(env));
  }

  /**
   * Starts a run: makes the folder and writes the plan and the environment.
   *
   * @throws FileAlreadyExistsException if the folder already holds a run; {@link #open} resumes it
   */
  public static RunFiles create(Path folder, Manifest manifest, Map<String, String> env)
      throws IOException {
    if (Files.exists(folder.resolve(PLAN))) {
      throw new FileAlreadyExistsException(folder.resolve(PLAN).toString());
    }
    Files.createDirectories(folder);
    // The plan comes last: a folder with a plan is a complete one.
    replace(folder.resolve(ENVIRONMENT), pretty(env));
    replace(folder.resolve(PLAN), pretty(manifest));
    return new RunFiles(folder, manifest, env);
  }

  /**
   * Reads a run, finished or not.
   *
   * @throws IOException with a one-line message that names the file, if one is missing, is invalid,
   *     or was written by a newer version
   */
  public static RunFiles open(Path folder) throws IOException {
    Manifest manifest =
        json(folder, PLAN).upgraded(Manifest.FORMAT, Manifest::upgrade).as(Manifest.class);
    Map<String, String> env = environment(folder, ENVIRONMENT);
    if (Files.exists(folder.resolve(ENVIRONMENT_AFTER))) {
      env.putAll(environment(folder, ENVIRONMENT_AFTER));
    }
    var run = new RunFiles(folder, manifest, env);
    run.readCells();
    return run;
  }

  /**
   * Adds a finished cell; it is on the disk when this returns. A later cell replaces an earlier one
   * with the same id; both lines stay in the file.
   */
  public synchronized void append(CellResult cell) throws IOException {
    byte[] line = (JSON.writeValueAsString(cell) + "\n").getBytes(StandardCharsets.UTF_8);
    try (var file =
        FileChannel.open(
            folder.resolve(CELLS),
            StandardOpenOption.CREATE,
            StandardOpenOption.READ,
            StandardOpenOption.WRITE)) {
      file.truncate(endOfLastLine(file)); // removes a line that a crash or a full disk cut off
      file.position(file.size());
      var bytes = ByteBuffer.wrap(line);
      while (bytes.hasRemaining()) {
        file.write(bytes);
      }
      file.force(true);
    } catch (IOException e) {
      throw WholeFile.naming(folder.resolve(CELLS), e);
    }
    cells.put(cell.key().id(), cell);
    copied = null;
  }

  /**
   * The plan of a run that ended after fewer blocks than it might have measured becomes shorter.
   */
  public synchronized void endedAfter(int blocks) throws IOException {
    Manifest shorter = manifest.endedAfter(blocks, cells.size());
    if (!shorter.equals(manifest)) {
      replace(folder.resolve(PLAN), pretty(shorter));
      manifest = shorter;
    }
  }

  /** Writes what was different about the environment when the run ended. */
  public void ended(Map<String, String> after) throws IOException {
    replace(folder.resolve(ENVIRONMENT_AFTER), pretty(after));
  }

  /** True for the name of a published run's folder. */
  public static boolean isPublished(String name) {
    return name.equals(REFERENCE) || name.startsWith(REFERENCE + "-");
  }

  /** The folder of a cell's raw files; it is not created. */
  public Path cellFolder(String id) {
    CellKey.checkId(id);
    return folder.resolve("cells").resolve(id);
  }

  /** The run's folder. */
  public Path folder() {
    return folder;
  }

  /** What the run is called: the name of its folder. */
  public String name() {
    return folder.toAbsolutePath().normalize().getFileName().toString();
  }

  /** The plan of the run. */
  public Manifest manifest() {
    return manifest;
  }

  /**
   * The environment of the run, in the order of writing; values from the end of the run are last.
   */
  public Map<String, String> env() {
    return env;
  }

  /** The finished cells, in the order of their first lines. */
  public synchronized List<CellResult> cells() {
    List<CellResult> all = copied;
    if (all == null) {
      all = List.copyOf(cells.values());
      copied = all;
    }
    return all;
  }

  /** The finished cells that the same command does not measure again. */
  public synchronized List<CellResult> finalCells() {
    return cells.values().stream().filter(this::isFinal).toList();
  }

  /**
   * False for a first attempt that is measured once more: one that failed, and in a run that is
   * evidence an invalid one.
   */
  public boolean isFinal(CellResult cell) {
    return cell.key().attempt() > 1
        || (cell.judgement().failure() == null && (cell.valid() || !manifest.purpose().evidence()));
  }

  /** What was ignored while reading, in words. */
  public synchronized List<String> warnings() {
    return List.copyOf(warnings);
  }

  private static Map<String, String> environment(Path folder, String name) throws IOException {
    return json(folder, name).texts();
  }

  private static String pretty(Object value) throws JsonProcessingException {
    return JSON.writer(StrictJson.printer()).writeValueAsString(value) + "\n";
  }

  private void readCells() throws IOException {
    if (!hasCells()) {
      return;
    }
    try (Lines lines = Lines.of(folder.resolve(CELLS))) {
      for (String line = lines.next(); line != null; line = lines.next()) {
        if (lines.torn()) {
          warnings.add(CELLS + ":" + lines.place().line() + ": torn last line ignored");
          return;
        }
        CellResult cell =
            StrictJson.of(lines.place(), line)
                .upgraded(CellResult.FORMAT, CellResult::upgrade)
                .as(CellResult.class);
        add(lines.place(), cell);
      }
    }
  }

  /** A cell has one line, or one for each attempt. */
  private void add(Place place, CellResult cell) throws IOException {
    CellResult earlier = cells.put(cell.key().id(), cell);
    copied = null;
    if (earlier != null && earlier.key().attempt() >= cell.key().attempt()) {
      throw place.broken("key.id", cell.key().id(), "each once, or in a further attempt");
    }
    String same = measured.putIfAbsent(cell.key().subject(), cell.key().id());
    if (same != null && !same.equals(cell.key().id())) {
      throw place.broken("key.id", cell.key().id(), same + ", which is the same cell");
    }
    if (cells.size() > manifest.grid().cells()) {
      throw place.broken("cells", cells.size(), "the " + manifest.grid().cells() + " of the plan");
    }
  }

  /** False if no cell has been finished, or if the file is lost. */
  public boolean hasCells() {
    return Files.exists(folder.resolve(CELLS));
  }

  private static StrictJson json(Path folder, String name) throws IOException {
    try {
      return StrictJson.of(folder.resolve(name));
    } catch (NoSuchFileException e) {
      throw new IOException(folder + ": no " + name + " (expected: the folder of a run)", e);
    }
  }

  private static long endOfLastLine(FileChannel file) throws IOException {
    var one = ByteBuffer.allocate(1);
    for (long end = file.size(); end > 0; end--) {
      file.read(one.clear(), end - 1);
      if (one.get(0) == '\n') {
        return end;
      }
    }
    return 0;
  }

  private static void replace(Path file, String text) throws IOException {
    WholeFile.write(file, text, true);
  }
}
