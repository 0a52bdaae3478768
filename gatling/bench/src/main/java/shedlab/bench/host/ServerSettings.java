package shedlab.bench.host;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import shedlab.bench.setting.JvmArchive;
import shedlab.simulation.model.FleetModel;

/**
 * What a server is started with; every hidden queue and thread count is here, equal for all.
 *
 * @param strategy canonical text
 * @param taskUnits units of a request that names none
 * @param workers worker threads
 * @param options further options by name, passed on as they are; what is left out has the server's
 *     own default
 * @param warmed whether it has to be warm when it is measured
 * @param fleet several of them behind a proxy; null for one
 * @param profiled whether its JVM records its own stacks
 * @param archive what its JVM starts from
 * @param trains whether its JVM writes that archive when it is closed, instead of starting from it
 */
public record ServerSettings(
    String server,
    String strategy,
    int taskUnits,
    int workers,
    Map<String, String> options,
    boolean warmed,
    @Nullable FleetModel fleet,
    boolean profiled,
    JvmArchive archive,
    boolean trains) {
  /** A single server that is warmed up and not profiled. */
  public static ServerSettings of(
      String server, String strategy, int taskUnits, int workers, Map<String, String> options) {
    return new ServerSettings(
        server, strategy, taskUnits, workers, options, true, null, false, JvmArchive.NONE, false);
  }

  /** The same under another strategy. */
  public ServerSettings withStrategy(String other) {
    return new ServerSettings(
        server, other, taskUnits, workers, options, warmed, fleet, profiled, archive, trains);
  }

  /** The same, warmed up before it is measured or not. */
  public ServerSettings withWarmUp(boolean whether) {
    return new ServerSettings(
        server, strategy, taskUnits, workers, options, whether, fleet, profiled, archive, trains);
  }

  /** A server that is warmed to write an archive for cold ones, with their flags. */
  public ServerSettings training(JvmArchive written) {
    return new ServerSettings(
        server, strategy, taskUnits, workers, options, false, fleet, profiled, written, true);
  }

  /** The flags with which its JVM writes its archive, or starts from it. */
  List<String> archiveFlags(String file) {
    return trains ? archive.writing(file) : archive.reading(file);
  }

  /** True if a thread is to come before those of other processes, which needs a privilege. */
  public boolean raisesPriority() {
    return options.getOrDefault("io-nice", "0").startsWith("-");
  }

  /** What the server is given, to listen at an address and to write its samples into a file. */
  public List<String> arguments(String address, int port, String samplesFile) {
    List<String> arguments = new ArrayList<>();
    arguments.add("--server=" + server);
    arguments.add("--strategy=" + strategy);
    arguments.add("--task-units=" + taskUnits);
    arguments.add("--workers=" + workers);
    options.forEach((name, value) -> arguments.add("--" + name + "=" + value));
    arguments.add("--host=" + address);
    arguments.add("--port=" + port);
    arguments.add("--samples=" + samplesFile);
    return arguments;
  }
}
