package shedlab.report;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import shedlab.report.result.CellResult;
import shedlab.report.result.RunFiles;

/**
 * The courses of a run's cells on the page: all of them, or those of the first repeat, or those
 * more coarsely: what fits.
 */
final class Timelines {
  /** What they may take of the page's 5 MB. */
  private static final int BYTES = 1_900_000;

  private static final double SLOT_SECONDS = 0.5;
  private static final double LONG_SLOT_SECONDS = 2;

  private final RunFiles run;
  private final List<CellResult> cells;
  private final int cpus;
  private final List<String> notes = new ArrayList<>();
  private boolean any;

  Timelines(RunFiles run) {
    this.run = run;
    this.cells = run.cells();
    this.cpus = SimulatedCurves.cores(run.manifest().setUp().serverCpus());
  }

  /** Remarks for the reader about what was left out. */
  List<String> notes() {
    return List.copyOf(notes);
  }

  /** True if the course of some cell can be drawn. */
  boolean any() {
    return any;
  }

  /**
   * Puts each cell's course into its node.
   *
   * @param nodes one for every cell of the run, in its order
   * @throws IOException that names the file, if a time series is not what it should be
   */
  void addTo(ArrayNode nodes) throws IOException {
    List<ObjectNode> kept = of(SLOT_SECONDS, false);
    if (bytes(kept) > BYTES) {
      kept = of(SLOT_SECONDS, true);
      notes.add(
          "Timelines are of the first repeat only: those of all would make the page too big.");
      if (bytes(kept) > BYTES) {
        kept = of(LONG_SLOT_SECONDS, true);
        notes.add("They are in steps of " + Numbers.plain(LONG_SLOT_SECONDS) + " s.");
      }
    }
    int left = BYTES;
    int without = 0;
    for (int i = 0; i < kept.size(); i++) {
      int size = kept.get(i).toString().length();
      if (kept.get(i).size() > 1) {
        if (size <= left) {
          ((ObjectNode) nodes.get(i)).set("t", kept.get(i));
          left -= size;
          any = true;
        } else {
          without++;
        }
      }
    }
    if (without > 0) {
      notes.add(Prose.count(without, "cell") + " more had to go without a timeline.");
    }
  }

  private List<ObjectNode> of(double slotSeconds, boolean firstRepeat) throws IOException {
    List<ObjectNode> timelines = new ArrayList<>();
    for (CellResult cell : cells) {
      var raw = new RawCell(run.cellFolder(cell.key().id()));
      timelines.add(
          firstRepeat && cell.key().repeat() > 1
              ? JsonNodeFactory.instance.objectNode()
              : Timeline.of(raw.client(), raw.server(), slotSeconds, cpus));
    }
    return timelines;
  }

  private static long bytes(List<ObjectNode> timelines) {
    return timelines.stream().mapToLong(t -> t.toString().length()).sum();
  }
}
