package shedlab.bench.host;

import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import shedlab.report.raw.LoadJob;
import shedlab.report.raw.LoadResult;
import shedlab.report.raw.Progress;

/** What plays the load of a run: one load generator, or several that play each job together. */
public interface Injector {
  /** Numbers of its processes, as this JVM sees them; none that this JVM does not see. */
  List<Long> pids();

  /**
   * Runs a job to its end and leaves its files in {@code folder}.
   *
   * @param onProgress called about twice a second
   * @throws HostException if a load generator refuses, dies or hangs
   * @throws UncheckedIOException if the files cannot be kept: the fault is this side's
   */
  LoadResult run(LoadJob job, Path folder, Consumer<Progress> onProgress);
}
