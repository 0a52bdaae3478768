package shedlab.bench.run;

import java.util.Optional;
import shedlab.bench.setting.Course;
import shedlab.bench.setting.FleetKeys;
import shedlab.bench.setting.Schema;
import shedlab.bench.setting.Settings;
import shedlab.load.LoadProfile;
import shedlab.load.LoadProfile.Segment;
import shedlab.simulation.model.CapacityDrop;
import shedlab.simulation.model.Kill;
import shedlab.simulation.model.Slowdown;

/**
 * When load, capacity or tasks of a cell are not as before, in seconds from the load's zero. A cold
 * start is one that is over as the load begins: what follows is recovery.
 *
 * @param to the end of the load if it lasts for good
 */
public record Disturbance(double from, double to) {
  /** The disturbance that these settings have at this load; none on a plateau. */
  public static Optional<Disturbance> of(Settings settings, double load) {
    double leadIn = settings.get(Schema.LEAD_IN).toSeconds();
    LoadProfile profile = Course.profile(settings, load);
    Optional<CapacityDrop> drop = settings.get(Schema.CAPACITY_DROP);
    if (drop.isPresent()) {
      double at = leadIn + drop.get().at().toNanos() / 1e9;
      return Optional.of(new Disturbance(at, at + drop.get().length().toNanos() / 1e9));
    }
    Optional<Kill> kill = settings.get(FleetKeys.KILL);
    if (kill.isPresent()) {
      double at = leadIn + kill.get().at().toNanos() / 1e9;
      return Optional.of(new Disturbance(at, at + kill.get().length().toNanos() / 1e9));
    }
    Optional<Slowdown> slowdown = settings.get(Schema.SLOWDOWN);
    if (slowdown.isPresent()) {
      double at = leadIn + slowdown.get().at().toNanos() / 1e9;
      return Optional.of(new Disturbance(at, profile.seconds()));
    }
    if (Course.phases(settings).size() > 1) {
      return overload(profile);
    }
    return settings.get(Schema.WARM_UP).isZero()
        ? Optional.of(new Disturbance(0, 0))
        : Optional.empty();
  }

  /** From the first moment above the capacity to the last. */
  private static Optional<Disturbance> overload(LoadProfile multiples) {
    double from = -1;
    double to = -1;
    double second = 0;
    for (Segment segment : multiples.segments()) {
      if (segment.ratePerSecond() > 1) {
        from = from < 0 ? second : from;
        to = second + segment.seconds();
      }
      second += segment.seconds();
    }
    return from < 0 ? Optional.empty() : Optional.of(new Disturbance(from, to));
  }
}
