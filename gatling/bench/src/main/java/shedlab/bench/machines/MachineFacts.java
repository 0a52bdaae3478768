package shedlab.bench.machines;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Optional;
import shedlab.bench.container.Engine;
import shedlab.bench.host.HostException;
import shedlab.report.result.CpuList;

/**
 * What is known of a machine.
 *
 * @param boot names the running kernel: two engines with the same are on one machine
 * @param cpus that a container may use there
 */
record MachineFacts(
    Engine engine, String system, String kernel, long memoryMebibytes, String boot, CpuList cpus) {
  private static final String ALLOWED = "Cpus_allowed_list:";

  /** Files that tell the kernel's boot and the CPUs, for a container to print. */
  static final String[] PROBED = {"/proc/sys/kernel/random/boot_id", "/proc/self/status"};

  /**
   * From what an engine answers.
   *
   * @param info {@code docker info} as JSON
   * @param api the newest version of its interface
   * @param probed what a container printed of {@link #PROBED}
   * @throws HostException if the engine tells less than it should
   */
  static MachineFacts of(String info, String api, String probed) {
    JsonNode told;
    try {
      told = new ObjectMapper().readTree(info);
    } catch (JsonProcessingException e) {
      throw new HostException("docker info", HostException.reason(e), "one line of JSON", e);
    }
    int cpus = told.path("NCPU").asInt();
    if (cpus < 1) {
      throw new HostException("docker info: NCPU", told.path("NCPU"), "1 or more");
    }
    Optional<String> allowed =
        probed
            .lines()
            .filter(line -> line.startsWith(ALLOWED))
            .map(line -> line.substring(ALLOWED.length()))
            .findFirst();
    return new MachineFacts(
        new Engine(
            told.path("ServerVersion").asText("unknown"),
            api,
            told.path("CgroupVersion").asText("unknown"),
            told.path("CPUSet").asBoolean()),
        told.path("OperatingSystem").asText("unknown"),
        told.path("KernelVersion").asText("unknown"),
        told.path("MemTotal").asLong() >> 20,
        allowed.isPresent()
            ? probed.lines().findFirst().orElse("").trim()
            : "engine " + told.path("ID").asText(),
        CpuList.parse(allowed.orElse("0-" + (cpus - 1))));
  }

  @Override
  public String toString() {
    return engine
        + "; "
        + system
        + ", kernel "
        + kernel
        + ", "
        + memoryMebibytes
        + " MiB, CPUs "
        + cpus;
  }
}
