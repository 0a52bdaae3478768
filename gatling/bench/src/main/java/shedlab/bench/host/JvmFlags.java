package shedlab.bench.host;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The JVM flags of both sides. Ergonomics are spelled out: a JVM picks its collector, heap and
 * thread counts from what it sees, and a container shows it something else than a pinned process.
 */
public final class JvmFlags {
  /** Of a load generator, in MB. */
  private static final int LEAST_HEAP = 640;

  /** How far the samples of a server's stacks are apart. */
  public static final int SAMPLE_MILLIS = 10;

  private JvmFlags() {}

  /**
   * Compiles methods after a fifth of the usual calls, if it is to be warm before it is measured:
   * otherwise its compilers are at work for the first minute of load, more than a warm-up is long.
   * What they make in the end is the same.
   */
  private static final String SOON_WARM = "-XX:CompileThresholdScaling=0.2";

  /**
   * A task is one long loop, in which a compiled method never looks whether the JVM wants to stop
   * it: a collection would wait for the longest task, and with it every refusal. So these loops
   * look, now and then, as they do by default under G1, which a JVM takes on larger machines.
   */
  private static final List<String> STOPPABLE =
      List.of("-XX:+UseCountedLoopSafepoints", "-XX:LoopStripMiningIter=1000");

  /**
   * Those of a server with these settings.
   *
   * @param recordings a folder for what it records of its own stacks, if it is to
   */
  public static List<String> server(int cpus, ServerSettings settings, String recordings) {
    List<String> flags = new ArrayList<>(server(cpus, settings.warmed()));
    flags.addAll(settings.profiled() ? sampling(recordings) : List.of());
    return flags;
  }

  /**
   * A server's.
   *
   * @param warmed whether it has to be warm when it is measured
   */
  static List<String> server(int cpus, boolean warmed) {
    List<String> flags = new ArrayList<>(common(cpus));
    if (warmed) {
      flags.add(SOON_WARM);
    }
    flags.addAll(STOPPABLE);
    flags.addAll(List.of("-Xms512m", "-Xmx512m", "-Xmn256m"));
    flags.add("--enable-native-access=ALL-UNNAMED"); // for the priorities of threads
    return flags;
  }

  /**
   * Those of a server that records its own stacks with the flight recorder that every JVM has:
   * nothing is added to it. What it has recorded is on disk a second later, in files that can be
   * read while it runs.
   *
   * @param folder the recorder makes one of its own below it
   */
  private static List<String> sampling(String folder) {
    return List.of(
        "-Xlog:jfr*=off", // it would greet on the output, which is the server's
        "-XX:FlightRecorderOptions:repository=" + folder + ",stackdepth=96",
        "-XX:StartFlightRecording:name=cpu,settings=none"
            + ",+jdk.ExecutionSample#enabled=true"
            + (",+jdk.ExecutionSample#period=" + SAMPLE_MILLIS + "ms")
            + ",+jdk.ThreadCPULoad#enabled=true"
            + ",+jdk.ThreadCPULoad#period=1s");
  }

  /** Small and soon ready: it starts on CPUs where a server is busy. */
  static List<String> antagonist(int cpus) {
    return List.of(
        "-XX:ActiveProcessorCount=" + cpus,
        "-XX:+UseSerialGC",
        "-XX:TieredStopAtLevel=1",
        "-XX:-UsePerfData",
        "-Xmx32m");
  }

  /** As small, for measuring the noise floor: nothing in it may disturb its own threads. */
  public static List<String> floor(int cpus) {
    List<String> flags = new ArrayList<>(antagonist(cpus));
    flags.add("--enable-native-access=ALL-UNNAMED"); // to keep each thread on its CPU
    return flags;
  }

  /** Those of a load generator. */
  public static List<String> injector(CpuSplit split, int number) {
    int cpus = split.injectors().get(number).size();
    List<String> flags = new ArrayList<>(common(cpus));
    // Netty would take two for each CPU, which take turns: each wakes for what the other could have
    // done on the way, and has connections of its own.
    flags.add("-Dio.netty.eventLoopThreads=" + cpus);
    // A young generation that holds a whole run, and room for metadata: no collection in mid-run.
    // Those that share CPUs share their memory as well.
    int sharing =
        split.injectorsShare() ? split.injectors().size() / Math.max(1, split.loadMachines()) : 1;
    int heap = Math.max(LEAST_HEAP, 1_536 / sharing);
    int young = heap - 336;
    flags.addAll(
        List.of(
            "-Xms" + heap + "m",
            "-Xmx" + heap + "m",
            "-Xmn" + young + "m",
            "-XX:MetaspaceSize=256m"));
    flags.add("--add-opens=java.base/java.lang=ALL-UNNAMED");
    return flags;
  }

  /** Both, by name, as they go into the results. */
  public static Map<String, String> facts(CpuSplit cpus) {
    int ofServer = cpus.server().size();
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("server JVM flags", String.join(" ", server(ofServer, true)));
    facts.put("server JVM flags, not warmed", String.join(" ", server(ofServer, false)));
    facts.put("injector JVM flags", String.join(" ", injector(cpus, 0)));
    return facts;
  }

  private static List<String> common(int cpus) {
    return List.of(
        "-XX:ActiveProcessorCount=" + cpus,
        cpus == 1 ? "-XX:+UseSerialGC" : "-XX:+UseParallelGC",
        "-XX:+AlwaysPreTouch",
        // The server gives its compilers a priority when it starts; later ones would not have it.
        "-XX:-UseDynamicNumberOfCompilerThreads",
        "-XX:-UsePerfData",
        "-Djava.awt.headless=true");
  }
}
