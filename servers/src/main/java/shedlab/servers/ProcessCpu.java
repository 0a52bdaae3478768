package shedlab.servers;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import shedlab.admission.CpuClock;

/** The CPU time of this JVM, all its threads together. A reading is one system call. */
final class ProcessCpu implements CpuClock {
  private final OperatingSystemMXBean system =
      ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
  private final int cpus = Runtime.getRuntime().availableProcessors();

  @Override
  public long cpuNanos() {
    return system.getProcessCpuTime();
  }

  @Override
  public int cpus() {
    return cpus;
  }
}
