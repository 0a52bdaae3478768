package shedlab.bench.container;

/**
 * What a Docker engine says of itself.
 *
 * @param version of the engine
 * @param api the newest version of its interface
 * @param cgroup version of the control groups that it uses
 * @param cpusets whether it can keep containers on CPUs of their own
 */
public record Engine(String version, String api, String cgroup, boolean cpusets) {
  @Override
  public String toString() {
    return "engine "
        + version
        + ", API "
        + api
        + ", cgroup v"
        + cgroup
        + (cpusets ? "" : ", no cpusets");
  }
}
