package shedlab.simulation;

import java.util.SplittableRandom;
import shedlab.load.DrawnRequests;
import shedlab.load.LoadProfile;
import shedlab.simulation.model.CompilerModel;
import shedlab.simulation.model.Incident;
import shedlab.simulation.model.Kill;
import shedlab.simulation.model.ServerModel;
import shedlab.simulation.model.Tenant;
import shedlab.simulation.result.Averages;
import shedlab.simulation.result.Result;

/** One run of a simulation: makes clients and servers, and runs all events. */
final class Run {
  private final Simulation setting;
  private final EventQueue events = new EventQueue();
  private final Tally tally;
  private final Clients clients;
  private final Fleet fleet;
  private final long endNanos;
  private final double workPerRequest;

  /** The speed of the servers changes by itself. */
  private final boolean compiles;

  /** What servers used that were killed and replaced. */
  private double goneNanos;

  private final Heap.Entry<Runnable> tick = EventQueue.event(this::tick);
  private final Heap.Entry<Runnable> interval = EventQueue.event(this::nextInterval);
  private final Heap.Entry<Runnable> window = EventQueue.event(this::openWindow);

  Run(Simulation setting) {
    this.setting = setting;
    this.endNanos = (long) (setting.load.seconds() * 1e9);
    ServerModel server = setting.server;
    this.compiles = !server.host().compiler().equals(CompilerModel.NONE);
    // Independent of the streams of arrivals and sizes, which use the same seed.
    SplittableRandom random = new SplittableRandom(~setting.seed);
    tally =
        new Tally(
            events,
            setting.observer,
            setting.servers,
            setting.servers * server.cores(),
            setting.tenants.size(),
            this::busyNanos);
    DrawnRequests before = setting.drawn;
    DrawnRequests drawn = before == null && setting.arrivals.isSized() ? setting.draw() : before;
    clients =
        new Clients(
            events,
            tally,
            setting.clients,
            setting.deadlineNanos,
            server,
            setting.tenants,
            drawn == null ? setting.arrivals.along(setting.load, setting.seed) : drawn.starts(),
            drawn == null ? setting.law.draws(setting.seed) : drawn.units(),
            random.split());
    fleet =
        new Fleet(
            setting.servers,
            setting.balancer,
            random.split(),
            i -> // the collectors of a fleet do not all pause at the same time
            new Server(events, setting.strategy, server, clients, (i + 1.0) / setting.servers));
    double shares = setting.tenants.stream().mapToDouble(Tenant::share).sum();
    double work = setting.tenants.stream().mapToDouble(t -> t.share() * t.work()).sum();
    workPerRequest = setting.law.meanUnits() * server.unitNanos() / 1e9 * work / shares;
  }

  Result result() {
    // Set first, so that at equal times the settings change before a client or server acts.
    events.at(window, setting.leadInNanos);
    if (setting.intervalNanos > 0) {
      tally.openInterval();
      events.at(interval, setting.intervalNanos);
    }
    setChanges();
    change();
    events.at(tick, setting.server.tick().toNanos());
    clients.start(fleet);
    events.runUntil(endNanos);
    Averages averages = tally.closeWindow();
    tally.closeInterval();
    events.cancel(interval);
    events.runUntil(endNanos + setting.deadlineNanos);
    return tally.result(setting.strategy.toString(), averages);
  }

  private void openWindow() {
    tally.openWindow();
  }

  private void nextInterval() {
    tally.closeInterval();
    if (events.nanos() < endNanos) {
      tally.openInterval();
      events.at(interval, events.nanos() + setting.intervalNanos);
    }
  }

  private void tick() {
    for (Server server : fleet.servers()) {
      server.tick();
    }
    if (compiles) {
      compareLoad();
    }
    events.at(tick, events.nanos() + setting.server.tick().toNanos());
  }

  /**
   * Sets an event for every time at which an incident begins or ends or the offered rate changes.
   */
  private void setChanges() {
    for (Incident incident : setting.incidents) {
      events.at(EventQueue.event(this::change), incident.at().toNanos());
      events.at(
          EventQueue.event(this::change), incident.at().toNanos() + incident.length().toNanos());
    }
    Kill kill = setting.kill;
    if (kill != null) {
      events.at(EventQueue.event(this::kill), kill.at().toNanos());
      events.at(EventQueue.event(this::restart), kill.at().plus(kill.length()).toNanos());
    }
    double seconds = 0;
    for (LoadProfile.Segment segment : setting.load.segments()) {
      seconds += segment.seconds();
      events.at(EventQueue.event(this::change), (long) (seconds * 1e9));
    }
  }

  private void kill() {
    fleet.kill(0);
    compareLoad();
  }

  private void restart() {
    goneNanos += fleet.servers()[0].cpu().cpuNanos();
    fleet.restart(0);
    change();
  }

  private void change() {
    int index = 0;
    for (Server server : fleet.servers()) {
      double left = 1;
      double speed = 1;
      for (Incident incident : setting.incidents) {
        if (incident.hits(index, events.nanos())) {
          left = Math.min(left, incident.coresLeft());
          speed = Math.min(speed, incident.speed());
        }
      }
      if (!server.killed()) {
        server.change(left * setting.server.cores(), speed);
      }
      index++;
    }
    compareLoad();
  }

  /** Whether the servers can do now what is offered. */
  private void compareLoad() {
    double capacity = 0;
    for (Server server : fleet.servers()) {
      capacity += server.capacity();
    }
    tally.calm(rateNow() * workPerRequest < capacity);
  }

  private double rateNow() {
    double seconds = 0;
    for (LoadProfile.Segment segment : setting.load.segments()) {
      seconds += segment.seconds();
      if (events.nanos() < (long) (seconds * 1e9)) {
        return segment.ratePerSecond();
      }
    }
    return 0;
  }

  private double busyNanos() {
    double sum = goneNanos;
    for (Server server : fleet.servers()) {
      sum += server.cpu().cpuNanos();
    }
    return sum;
  }
}
