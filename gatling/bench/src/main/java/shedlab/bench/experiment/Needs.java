package shedlab.bench.experiment;

import java.util.Optional;
import shedlab.bench.setting.FleetKeys;
import shedlab.bench.setting.JvmArchive;
import shedlab.bench.setting.JvmKeys;
import shedlab.bench.setting.Placement;
import shedlab.bench.setting.ServerKeys;
import shedlab.bench.setting.Settings;

/** What the settings of a variant need that not every machine has. */
final class Needs {
  private static final int VIRTUAL_THREADS = 21;

  private Needs() {}

  /**
   * The first that is not there; empty if all are.
   *
   * @param cpus of all servers together
   * @param jdk the version of the servers' JVM
   */
  static Optional<String> missing(Settings settings, int cpus, int jdk) {
    if (settings.get(ServerKeys.IO_CPU) == Placement.IoCpu.OWN
        && FleetKeys.cpusOfEach(settings, cpus) < 2) {
      return Optional.of("io-cpu=own needs two CPUs for the server");
    }
    if (settings.get(ServerKeys.TASK_ON) == Placement.TaskOn.VIRTUAL && jdk < VIRTUAL_THREADS) {
      return Optional.of(newer("task-on=virtual", VIRTUAL_THREADS));
    }
    JvmArchive archive = settings.get(JvmKeys.JVM_ARCHIVE);
    if (jdk < archive.leastJdk()) {
      return Optional.of(
          newer("jvm-archive=" + settings.text(JvmKeys.JVM_ARCHIVE), archive.leastJdk()));
    }
    return Optional.empty();
  }

  private static String newer(String setting, int jdk) {
    return setting + " needs JDK " + jdk + ", see SERVER_JAVA, SERVER_IMAGE";
  }
}
