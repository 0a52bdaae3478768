package shedlab.report.verify;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import shedlab.report.raw.Floor;
import shedlab.report.result.CpuList;
import shedlab.report.result.Manifest;

/** The machine's noise floor against the plan: every CPU of the run, for as long as it says. */
final class FloorCheck {
  private FloorCheck() {}

  /** Nothing to check in a run that did not measure it. */
  static void of(Path run, Manifest plan, Differences differences) throws IOException {
    Floor floor = Floor.read(run);
    if (floor.parts().isEmpty()) {
      return;
    }
    Set<Integer> planned = new TreeSet<>(CpuList.parse(plan.setUp().serverCpus()).cpus());
    planned.addAll(CpuList.parse(plan.setUp().injectorCpus()).cpus());
    for (Floor.When when : Floor.When.values()) {
      List<Floor.Part> parts = floor.parts().stream().filter(p -> p.when() == when).toList();
      Set<Integer> found =
          parts.stream().map(Floor.Part::cpu).collect(Collectors.toCollection(TreeSet::new));
      if (!parts.isEmpty() && !found.equals(planned)) {
        differences.add(
            Floor.FILE, when + ": CPUs " + found + " (expected: " + planned + ", by plan.json)");
      }
      parts.forEach(part -> counted(part, differences));
    }
  }

  /** A sleep takes a millisecond or more; a pause counts for each whole one that it lasts. */
  private static void counted(Floor.Part part, Differences differences) {
    long most = part.millis() + 1;
    long least = part.millis() / 2 - 1;
    if (part.late().count() < least || part.late().count() > most) {
      differences.add(
          Floor.FILE,
          part.when()
              + "-cpu"
              + part.cpu()
              + ", wake-ups: "
              + part.late().count()
              + " (expected: "
              + least
              + " to "
              + most
              + ", by its length)");
    }
  }
}
