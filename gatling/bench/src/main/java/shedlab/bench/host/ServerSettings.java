package shedlab.bench.host;

import java.util.List;

/**
 * What a server is started with; every hidden queue and thread count is here, equal for all.
 *
 * @param taskOn where the task runs: workers, io or virtual
 * @param gateOn where the gate decides: io, workers or pool
 * @param ioNice the nice value of the I/O threads, -20 to 19
 * @param ioCpu whether the I/O threads have a CPU of their own: shared or own
 */
public record ServerSettings(
    String server,
    String strategy,
    int taskUnits,
    int workers,
    int ioThreads,
    int workerNice,
    int compilerNice,
    String taskOn,
    String gateOn,
    int ioNice,
    String ioCpu) {

  /** The usual placement: decided on the I/O thread, done by workers. */
  public ServerSettings(
      String server,
      String strategy,
      int taskUnits,
      int workers,
      int ioThreads,
      int workerNice,
      int compilerNice) {
    this(
        server,
        strategy,
        taskUnits,
        workers,
        ioThreads,
        workerNice,
        compilerNice,
        "workers",
        "io",
        0,
        "shared");
  }

  List<String> arguments(String address, int port, String samplesFile) {
    return List.of(
        "--server=" + server,
        "--strategy=" + strategy,
        "--task-units=" + taskUnits,
        "--workers=" + workers,
        "--io-threads=" + ioThreads,
        "--worker-nice=" + workerNice,
        "--compiler-nice=" + compilerNice,
        "--task-on=" + taskOn,
        "--gate-on=" + gateOn,
        "--io-nice=" + ioNice,
        "--io-cpu=" + ioCpu,
        "--host=" + address,
        "--port=" + port,
        "--samples=" + samplesFile);
  }
}
