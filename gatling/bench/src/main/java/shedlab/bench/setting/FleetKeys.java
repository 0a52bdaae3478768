package shedlab.bench.setting;

import static shedlab.bench.setting.Setting.NeededBy.RUN;

import java.util.List;
import java.util.Optional;
import shedlab.simulation.model.FleetModel;
import shedlab.simulation.model.Kill;

/** The keys that put a fleet of servers in the place of one. */
public final class FleetKeys {
  public static final Setting<Optional<FleetModel>> FLEET =
      Setting.of("fleet", "servers=3,proxy=haproxy,balance=round-robin or none", FleetModel::read)
          .writtenBy(Reading::orNothing)
          .means(
              "Several servers behind a proxy instead of one: `haproxy` or `nginx`; `round-robin`,"
                  + " `least-in-flight` (least connections) or `random`. Each has the strategy; limits are"
                  + " those of one server. If the CPUs cannot be divided among them, they share all.")
          .or("")
          .inCell(RUN);

  public static final Setting<Optional<Kill>> KILL =
      Setting.of("kill", "at=8s,for=6s or none", Kill::read)
          .writtenBy(Reading::orNothing)
          .means(
              "When the first server of a fleet is killed, and how long after that it is started again.")
          .or("")
          .inCell(RUN);

  /** Both. */
  static final List<Setting<?>> ALL = List.of(FLEET, KILL);

  private FleetKeys() {}

  /** How many servers there are. */
  public static int servers(Settings settings) {
    return settings.get(FLEET).map(FleetModel::servers).orElse(1);
  }

  /** How many CPUs each of them sees, of those of all. */
  public static int cpusOfEach(Settings settings, int cpus) {
    return settings.get(FLEET).map(fleet -> fleet.coresOfEach(cpus)).orElse(cpus);
  }
}
