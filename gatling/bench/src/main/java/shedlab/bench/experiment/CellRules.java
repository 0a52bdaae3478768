package shedlab.bench.experiment;

import java.time.Duration;
import java.util.Map;
import shedlab.bench.setting.Course;
import shedlab.bench.setting.FleetKeys;
import shedlab.bench.setting.FreshServer;
import shedlab.bench.setting.JvmArchive;
import shedlab.bench.setting.JvmKeys;
import shedlab.bench.setting.Schema;
import shedlab.bench.setting.Setting;
import shedlab.bench.setting.Settings;
import shedlab.simulation.model.CapacityDrop;
import shedlab.simulation.model.Kill;
import shedlab.spec.SpecException;

/**
 * Rules between the keys of a cell.
 *
 * @param lines where values come from, by key
 */
public record CellRules(Settings settings, Map<String, Line> lines) {

  /** Throws {@link SpecException} for the first that is broken. */
  public void check() {
    require(
        settings.get(Schema.TIMEOUT).compareTo(settings.get(Schema.DEADLINE)) >= 0,
        Schema.TIMEOUT,
        "the deadline or more");
    require(
        settings.get(Schema.PHASES).isEmpty() == settings.get(Schema.MEASURE).isPresent(),
        Schema.MEASURE,
        "measure or phases, not both");
    require(
        settings.get(Schema.DISCONNECT) || settings.get(Schema.RETRY).value().tries() == 1,
        Schema.DISCONNECT,
        "yes for clients that try again");
    settings
        .get(Schema.SLOWDOWN)
        .ifPresent(
            slow ->
                require(
                    slow.at().compareTo(window()) < 0,
                    Schema.SLOWDOWN,
                    "a beginning within the window of " + window().toSeconds() + "s"));
    require(
        settings.get(JvmKeys.JVM_ARCHIVE) == JvmArchive.NONE
            || settings.get(Schema.WARM_UP).isZero(),
        JvmKeys.JVM_ARCHIVE,
        "none, or warm-up=0s in the same variant: it is for servers that are cold");
    settings.get(Schema.CAPACITY_DROP).ifPresent(this::checkDrop);
    settings.get(FleetKeys.KILL).ifPresent(this::checkKill);
  }

  private void checkDrop(CapacityDrop drop) {
    require(
        drop.at().plus(drop.length()).compareTo(window()) <= 0,
        Schema.CAPACITY_DROP,
        "an end within the window of " + window().toSeconds() + "s");
  }

  private void checkKill(Kill kill) {
    require(
        settings.get(FleetKeys.FLEET).isPresent(),
        FleetKeys.KILL,
        "a fleet, of which one is killed");
    require(
        settings.get(Schema.CAPACITY_DROP).isEmpty(), FleetKeys.KILL, "none beside capacity-drop");
    require(
        settings.get(Schema.FRESH_SERVER) == FreshServer.CELL,
        FleetKeys.KILL,
        "fresh-server=cell: a server that was started again is cold");
    require(
        kill.at().plus(kill.length()).compareTo(window()) <= 0,
        FleetKeys.KILL,
        "an end within the window of " + window().toSeconds() + "s");
  }

  private Duration window() {
    return Course.window(settings);
  }

  private void require(boolean kept, Setting<?> setting, String rule) {
    if (!kept) {
      String text = settings.text(setting);
      SpecException broken =
          new SpecException(setting.key(), text.isEmpty() ? "(not given)" : text, rule);
      Line line = lines.get(setting.key());
      throw line == null ? broken : line.located(broken);
    }
  }
}
