package shedlab.gatling.experiment;

import java.util.Optional;
import java.util.function.DoubleConsumer;
import shedlab.gatling.experiment.Setting.CapacityDrop;
import shedlab.gatling.host.Hosted;

/** Takes CPU from a server in mid-load and gives it back; told how far the load is. */
final class CpuSwitch implements DoubleConsumer, AutoCloseable {
  private final Hosted server;
  private final double from;
  private final double to;
  private final double left;
  private double took = Double.NaN;
  private double gaveBack = Double.NaN;

  private CpuSwitch(Hosted server, double from, double to, double left) {
    this.server = server;
    this.from = from;
    this.to = to;
    this.left = left;
  }

  /** One that does what a cell's settings ask for, which may be nothing. */
  static CpuSwitch of(Hosted server, Settings settings, Optional<Disturbance> planned) {
    Optional<CapacityDrop> drop = settings.get(Setting.CAPACITY_DROP);
    return drop.isEmpty() || planned.isEmpty()
        ? new CpuSwitch(server, Double.MAX_VALUE, Double.MAX_VALUE, 1)
        : new CpuSwitch(server, planned.get().from(), planned.get().to(), drop.get().left());
  }

  @Override
  public void accept(double elapsedSeconds) {
    if (Double.isNaN(took) && elapsedSeconds >= from) {
      server.cpuShare(left);
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
    server.cpuShare(1);
  }

  @Override
  public void close() {
    if (!Double.isNaN(took) && Double.isNaN(gaveBack)) {
      giveBack();
    }
  }
}
