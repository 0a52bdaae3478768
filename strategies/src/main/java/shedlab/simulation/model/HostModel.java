package shedlab.simulation.model;

import shedlab.spec.SpecException;

/**
 * What the program around the gate does besides the CPU work of requests and refusals.
 *
 * @param io the share of a request's service time for which its worker waits without using CPU, as
 *     for a database that answers always equally fast. With a share p, a request of so much CPU
 *     work takes 1/(1-p) times that on an idle server: half of its work, the wait, and the other
 *     half. So the capacity of the cores stays what it is, but fewer than 1/(1-p) workers per core
 *     cannot reach it. A worker that waits counts as busy, and to the gate as runnable
 * @param collector its garbage collector
 * @param compiler its just-in-time compiler
 */
public record HostModel(double io, CollectorModel collector, CompilerModel compiler) {
  /** Nothing: requests need CPU alone, and no pause or other thread takes it from them. */
  public static final HostModel IDEAL = new HostModel(0, CollectorModel.NONE, CompilerModel.NONE);

  /** Throws {@link SpecException} for an impossible value. */
  public HostModel {
    SpecException.check(io >= 0 && io < 1, "io", io, "from 0 to below 1");
  }

  /** The same with this share of I/O. */
  public HostModel withIo(double share) {
    return new HostModel(share, collector, compiler);
  }

  /** The same with this collector. */
  public HostModel withCollector(CollectorModel model) {
    return new HostModel(io, model, compiler);
  }

  /** The same with this compiler. */
  public HostModel withCompiler(CompilerModel model) {
    return new HostModel(io, collector, model);
  }

  /** Nanoseconds of I/O for each nanosecond of a request's CPU work. */
  public double ioPerCpu() {
    return io / (1 - io);
  }
}
