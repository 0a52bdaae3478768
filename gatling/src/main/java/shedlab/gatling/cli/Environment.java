package shedlab.gatling.cli;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import oshi.SystemInfo;
import oshi.hardware.HardwareAbstractionLayer;
import shedlab.gatling.host.CpuSplit;
import shedlab.gatling.host.Host;

/** What a reader needs to know about the machine before believing a figure from it. */
final class Environment {
  private Environment() {}

  static Map<String, String> capture(Host host, CpuSplit cpus) {
    SystemInfo system = new SystemInfo();
    HardwareAbstractionLayer hardware = system.getHardware();
    Map<String, String> found = new LinkedHashMap<>();
    found.put("commit", commit());
    found.put(
        "uncommitted changes", output("git", "status", "--porcelain").isEmpty() ? "no" : "yes");
    found.put("host", host.kind());
    found.put("image", host.image());
    found.put("server CPUs", cpus.serverList());
    found.put("injector CPUs", cpus.injectorList());
    found.put("sides share a core", cpus.shared() ? "yes: not evidence" : "no");
    found.put("CPU", hardware.getProcessor().getProcessorIdentifier().getName().trim());
    found.put("logical CPUs", Integer.toString(hardware.getProcessor().getLogicalProcessorCount()));
    found.put(
        "physical cores", Integer.toString(hardware.getProcessor().getPhysicalProcessorCount()));
    found.put("memory MiB", Long.toString(hardware.getMemory().getTotal() >> 20));
    found.put("system", system.getOperatingSystem().toString());
    found.put("kernel", read("/proc/sys/kernel/osrelease"));
    found.put("governor", read("/sys/devices/system/cpu/cpu0/cpufreq/scaling_governor"));
    found.put(
        "clock source", read("/sys/devices/system/clocksource/clocksource0/current_clocksource"));
    found.put("cgroup", Files.exists(Path.of("/sys/fs/cgroup/cgroup.controllers")) ? "v2" : "v1");
    found.put("load average before", read("/proc/loadavg"));
    found.put("runner JVM", System.getProperty("java.vm.name") + " " + Runtime.version());
    found.put(
        "runner JVM flags", ManagementFactory.getRuntimeMXBean().getInputArguments().toString());
    return found;
  }

  static String commit() {
    return output("git", "rev-parse", "HEAD");
  }

  private static String read(String file) {
    try {
      return Files.readString(Path.of(file)).trim();
    } catch (IOException e) {
      return "unknown";
    }
  }

  private static String output(String... command) {
    try {
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      return process.waitFor(10, TimeUnit.SECONDS) && process.exitValue() == 0
          ? text.trim()
          : "unknown";
    } catch (IOException e) {
      return "unknown";
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return "unknown";
    }
  }
}
