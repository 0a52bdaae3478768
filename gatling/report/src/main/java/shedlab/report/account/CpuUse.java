package shedlab.report.account;

/** What the CPUs of a server spend their time on. Every moment of a CPU is one of these. */
public enum CpuUse {
  TASKS("tasks", "tasks", "the tasks, by the clock of the threads that did them"),
  WORKERS(
      "workers",
      "workers beside their tasks",
      "the workers beside their tasks: taking a request, waking up, handing the answer over"),
  REFUSED(
      "io_refused",
      "I/O of refusals",
      "the I/O threads for refused requests: their time divided by the number of refused and of"
          + " other requests, which is no measurement of either"),
  SERVED(
      "io_other",
      "I/O of the others",
      "the I/O threads for all other requests: the other part of that division"),
  JIT("jit", "JIT", "the JVM's compilers"),
  GC("gc", "GC", "the threads of the garbage collector"),
  REST(
      "rest",
      "rest of the process",
      "the rest of the process: JVM and housekeeping, and whatever else the samples do not tell"
          + " apart"),
  STOLEN(
      "stolen",
      "stolen",
      "what the hypervisor took, as a share of the whole load; empty if nobody knows"),
  IDLE("idle", "idle", "nothing of the server: idle, or used by other processes and the kernel");

  private final String word;
  private final String title;
  private final String meaning;

  CpuUse(String word, String title, String meaning) {
    this.word = word;
    this.title = title;
    this.meaning = meaning;
  }

  /** Its column in {@code summary.csv}. */
  public String column() {
    return "cpu_" + word + "_share";
  }

  /** Its name in tables and charts. */
  public String title() {
    return title;
  }

  /** Its meaning, after "of the CPU time of the server's CPUs". */
  public String meaning() {
    return meaning;
  }
}
