package shedlab.gatling.host;

import java.util.List;

/** What a server is started with; every hidden queue and thread count is here, equal for all. */
public record ServerSettings(
    String server,
    String strategy,
    int taskUnits,
    int workers,
    int ioThreads,
    int workerNice,
    int compilerNice) {

  List<String> arguments(String address, int port, String samplesFile) {
    return List.of(
        "--server", server,
        "--strategy", strategy,
        "--task-units", Integer.toString(taskUnits),
        "--workers", Integer.toString(workers),
        "--io-threads", Integer.toString(ioThreads),
        "--worker-nice", Integer.toString(workerNice),
        "--compiler-nice", Integer.toString(compilerNice),
        "--host", address,
        "--port", Integer.toString(port),
        "--samples", samplesFile);
  }
}
