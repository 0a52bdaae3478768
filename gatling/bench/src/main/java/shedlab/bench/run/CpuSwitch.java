package shedlab.bench.run;

import java.util.Optional;
import java.util.function.DoubleConsumer;
import shedlab.bench.setting.Schema;
import shedlab.bench.setting.Settings;
import shedlab.simulation.model.CapacityDrop;

/** Takes CPU time from a server during a load and gives it back, by the load's own time. */
final class CpuSwitch implements DoubleConsumer, AutoCloseable {
  private final DoubleConsumer share;
  private final double from;
  private final double to;
  private final double left;
  private double took = Double.NaN;
  private double gaveBack = Double.NaN;

  private CpuSwitch(DoubleConsumer share, double from, double to, double left) {
    this.share = share;
    this.from = from;
    this.to = to;
    this.left = left;
  }

  /**
   * One that does what a cell's settings ask for, which may be nothing.
   *
   * @param share gives the server a share of its CPUs
   */
  static CpuSwitch of(DoubleConsumer share, Settings settings, Optional<Disturbance> planned) {
    Optional<CapacityDrop> drop = settings.get(Schema.CAPACITY_DROP);
    return drop.isEmpty() || planned.isEmpty()
        ? new CpuSwitch(share, Double.MAX_VALUE, Double.MAX_VALUE, 1)
        : new CpuSwitch(share, planned.get().from(), planned.get().to(), drop.get().left());
  }

  @Override
  public void accept(double elapsedSeconds) {
    if (Double.isNaN(took) && elapsedSeconds >= from) {
      share.accept(left);
      took = elapsedSeconds;
    } else if (Double.isNaN(gaveBack) && elapsedSeconds >= to) {
      giveBack();
      gaveBack = elapsedSeconds;
    }
  }

  /** When it really was; the load's reports come twice a second. */
  Disturbance actual(Disturbance planned) {
    return new Disturbance(
        Double.isNaN(took) ? planned.from() : took,
        Double.isNaN(gaveBack) ? planned.to() : gaveBack);
  }

  private void giveBack() {
    share.accept(1);
  }

  @Override
  public void close() {
    if (!Double.isNaN(took) && Double.isNaN(gaveBack)) {
      giveBack();
    }
  }
}
