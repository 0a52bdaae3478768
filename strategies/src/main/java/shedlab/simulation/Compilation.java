package shedlab.simulation;

import shedlab.simulation.model.CompilerModel;

/** What the compiler of a server has been asked for and has done, in nanoseconds of its work. */
final class Compilation {
  private final CompilerModel model;
  private final double allNanos;
  private long requests;
  private double askedNanos;
  private double doneNanos;

  Compilation(CompilerModel model) {
    this.model = model;
    this.allNanos = model.work().toNanos();
  }

  /** What its thread has to do now. */
  double leftNanos() {
    return askedNanos - doneNanos;
  }

  /** 1 if its thread needs a core, else 0. */
  int threads() {
    return leftNanos() > 0 ? 1 : 0;
  }

  /** It had so much CPU time, if it needed it. */
  void had(double nanos) {
    doneNanos = Math.min(askedNanos, doneNanos + nanos);
  }

  /** A request has completed. */
  void completed() {
    if (requests < model.after()) {
      requests++;
      askedNanos = requests == model.after() ? allNanos : allNanos * requests / model.after();
    }
  }

  /** The speed of requests now. */
  double speed() {
    return doneNanos >= allNanos ? 1 : model.speed(doneNanos);
  }
}
