package shedlab.report.verify;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
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
    for (Floor.When when : Floor.When.values()) {
      Map<String, List<Floor.Part>> byMachine =
          floor.parts().stream()
              .filter(p -> p.when() == when)
              .collect(
                  Collectors.groupingBy(Floor.Part::machine, TreeMap::new, Collectors.toList()));
      byMachine.forEach(
          (machine, parts) -> {
            Set<Integer> planned = planned(plan.setUp(), machine);
            Set<Integer> found =
                parts.stream().map(Floor.Part::cpu).collect(Collectors.toCollection(TreeSet::new));
            if (!found.equals(planned)) {
              String where = machine.isEmpty() ? "" : " of " + machine;
              differences.add(
                  Floor.FILE,
                  when + where + ": CPUs " + found + " (expected: " + planned + ", by plan.json)");
            }
            parts.forEach(part -> counted(part, differences));
          });
    }
  }

  /** One machine has the CPUs of both sides; of several, each has those of its side. */
  private static Set<Integer> planned(Manifest.SetUp setUp, String machine) {
    Set<Integer> planned = new TreeSet<>();
    if (machine.isEmpty() || machine.equals("server")) {
      planned.addAll(CpuList.parse(setUp.serverCpus()).cpus());
    }
    if (!machine.equals("server")) {
      planned.addAll(CpuList.parse(setUp.injectorCpus()).cpus());
    }
    return planned;
  }

  /** A sleep takes a millisecond or more; a pause counts for each whole one that it lasts. */
  private static void counted(Floor.Part part, Differences differences) {
    long most = part.millis() + 1;
    long least = part.millis() / 2 - 1;
    if (part.late().count() < least || part.late().count() > most) {
      differences.add(
          Floor.FILE,
          part.when()
              + ", "
              + part.where()
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
