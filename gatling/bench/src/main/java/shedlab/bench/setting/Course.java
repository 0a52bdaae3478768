package shedlab.bench.setting;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import shedlab.load.LoadProfile;
import shedlab.load.LoadProfile.Segment;
import shedlab.report.result.Phase;
import shedlab.spec.SpecException;

/** The course of a cell's load: {@code 0.5@5s 1..2@10s}, after a lead-in. */
public final class Course {
  static final String RULE = "1@10s for a plateau, 0.5..2@10s for a ramp";

  private static final Pattern PHASE =
      Pattern.compile(
          "(NUMBER)(?:\\.\\.(NUMBER))?@([1-9][0-9]{0,4})s"
              .replace("NUMBER", "[0-9]{1,6}(?:\\.[0-9]{1,6})?"));

  private Course() {}

  static List<Phase> parse(String text) {
    List<Phase> phases = new ArrayList<>();
    for (String word : text.isEmpty() ? new String[0] : text.trim().split("\\s+", -1)) {
      Matcher matcher = PHASE.matcher(word);
      if (!matcher.matches()) {
        throw new SpecException("phases", word, RULE);
      }
      double from = Double.parseDouble(matcher.group(1));
      double to = matcher.group(2) == null ? from : Double.parseDouble(matcher.group(2));
      phases.add(new Phase(from, to, Integer.parseInt(matcher.group(3))));
    }
    return List.copyOf(phases);
  }

  /** The course after the lead-in, in multiples of the cell's load; a window is one phase. */
  public static List<Phase> phases(Settings settings) {
    List<Phase> given = settings.get(Schema.PHASES);
    return given.isEmpty()
        ? List.of(new Phase(1, 1, settings.get(Schema.MEASURE).orElseThrow().toSeconds()))
        : given;
  }

  /** The length of the window. */
  public static Duration window(Settings settings) {
    return Duration.ofSeconds((long) phases(settings).stream().mapToDouble(Phase::seconds).sum());
  }

  /**
   * The load in requests per second: the lead-in at the rate with which the first phase begins,
   * then the phases, whose ramps climb in steps of a second.
   *
   * @param ratePerSecond of a phase of 1
   */
  public static LoadProfile profile(Settings settings, double ratePerSecond) {
    List<Phase> phases = phases(settings);
    List<Segment> segments = new ArrayList<>();
    double leadIn = settings.get(Schema.LEAD_IN).toSeconds();
    if (leadIn > 0) {
      segments.add(new Segment(phases.get(0).from() * ratePerSecond, leadIn));
    }
    for (Phase phase : phases) {
      int steps = phase.from() == phase.to() ? 1 : (int) phase.seconds();
      for (int i = 0; i < steps; i++) {
        double factor = phase.from() + (phase.to() - phase.from()) * (i + 0.5) / steps;
        segments.add(new Segment(factor * ratePerSecond, phase.seconds() / steps));
      }
    }
    return new LoadProfile(segments);
  }
}
