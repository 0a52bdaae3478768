package shedlab.report.figure;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import shedlab.report.chart.Panel;
import shedlab.report.raw.RawCell;
import shedlab.report.result.CellResult;
import shedlab.report.result.CpuList;
import shedlab.report.text.Numbers;
import shedlab.report.text.Prose;

/**
 * The courses of a run's cells on the page: all of them if they fit, else those of the first
 * repeat, else those with longer slots.
 */
public final class CellCourses {
  /** The most bytes of all drawings; the page has them packed, at about an eighth. */
  private static final int MOST_BYTES = 1_600_000;

  private static final double SLOT_SECONDS = 0.5;
  private static final double LONG_SLOT_SECONDS = 2;

  private final ChartData data;
  private final int cpus;
  private final Map<CellResult, Panel> panels = new LinkedHashMap<>();
  private final List<String> notes = new ArrayList<>();

  private CellCourses(ChartData data) {
    this.data = data;
    this.cpus = CpuList.parse(data.plan().setUp().serverCpus()).size();
  }

  /**
   * Reads and draws.
   *
   * @throws IOException that names the file, if a time series is not what it should be
   */
  public static CellCourses of(ChartData data) throws IOException {
    var courses = new CellCourses(data);
    courses.fit();
    return courses;
  }

  /** Remarks for the reader about what was left out. */
  public List<String> notes() {
    return List.copyOf(notes);
  }

  /** The courses that can be drawn and fit, in the order of the run. */
  public Map<CellResult, Panel> panels() {
    return panels;
  }

  /** The cell that is shown at first: that of the reference strategy at the reference load. */
  public CellResult first() {
    List<CellResult> all = List.copyOf(panels.keySet());
    List<CellResult> there =
        all.stream()
            .filter(c -> c.load() == data.referenceLoad() && c.variant().isEmpty())
            .toList();
    String reference = data.plan().grid().reference();
    return there.stream()
        .filter(c -> c.strategy().equals(reference))
        .findFirst()
        .orElse(there.isEmpty() ? all.get(0) : there.get(0));
  }

  private void fit() throws IOException {
    Map<CellResult, Panel> fitting = of(SLOT_SECONDS, false);
    if (bytes(fitting) > MOST_BYTES) {
      fitting = of(SLOT_SECONDS, true);
      notes.add("Timelines are of the first repeat only: all of them would make the page too big.");
      if (bytes(fitting) > MOST_BYTES) {
        fitting = of(LONG_SLOT_SECONDS, true);
        notes.add("They are in steps of " + Numbers.plain(LONG_SLOT_SECONDS) + " s.");
      }
    }
    int left = MOST_BYTES;
    int without = 0;
    for (Map.Entry<CellResult, Panel> entry : fitting.entrySet()) {
      int size = bytes(entry.getValue());
      if (size <= left) {
        panels.put(entry.getKey(), entry.getValue());
        left -= size;
      } else {
        without++;
      }
    }
    if (without > 0) {
      notes.add(Prose.count(without, "cell") + " more had to go without a timeline.");
    }
  }

  private Map<CellResult, Panel> of(double slotSeconds, boolean firstRepeat) throws IOException {
    var drawn = new LinkedHashMap<CellResult, Panel>();
    for (CellResult cell : data.run().cells()) {
      if (firstRepeat && cell.key().repeat() > 1) {
        continue;
      }
      var raw = new RawCell(data.run().cellFolder(cell.key().id()));
      var course = new CellCourse(raw.client(), raw.server(), slotSeconds, cpus);
      if (!course.isEmpty()) {
        drawn.put(cell, CoursePanel.of(data, course, data.where(cell)));
      }
    }
    return drawn;
  }

  private static long bytes(Map<CellResult, Panel> panels) {
    return panels.values().stream().mapToLong(CellCourses::bytes).sum();
  }

  private static int bytes(Panel panel) {
    return panel.body().getBytes(StandardCharsets.UTF_8).length;
  }
}
