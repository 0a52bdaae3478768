package shedlab.bench.fleet;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import shedlab.admission.Limit;
import shedlab.report.raw.ServerCsv;
import shedlab.report.raw.ServerCsv.Row;

/**
 * The samples of all servers of a fleet as those of one. Each samples itself ten times a second,
 * not at the same moments; a row of the sum is at a moment of the last server, and has what each
 * other told last before it. Totals go on when a server is killed and another begins at zero: what
 * the first did after its last sample, a tenth of a second at most, is missing.
 */
final class FleetSamples {
  private static final String TIME = "epoch_micros";
  private static final String LIMIT = "limit";
  private static final String CPU = "cpu_micros";

  /** Not totals: of a server that was killed, they are nothing. */
  private static final Set<String> GAUGES = Set.of(LIMIT, "inflight", "waiting", "worker_queue");

  /**
   * What has served at an address.
   *
   * @param losses those that were killed
   * @param last the samples of the one that came after them, or of the last of them
   */
  record Place(List<FleetServer.Loss> losses, String last) {}

  private FleetSamples() {}

  /**
   * The sum, as a sampler's CSV.
   *
   * @param places of which the last has lost nobody
   * @param proxy its CPU time
   */
  static String sum(List<Place> places, String proxy) {
    List<Course> courses = places.stream().map(Course::new).toList();
    Course clock = courses.get(courses.size() - 1);
    List<Row> ofProxy = ServerCsv.parse(proxy).rows();
    StringBuilder csv = new StringBuilder(String.join(",", clock.columns())).append('\n');
    int at = -1;
    for (Row row : clock.rows()) {
      while (at + 1 < ofProxy.size() && ofProxy.get(at + 1).epochMicros() <= row.epochMicros()) {
        at++;
      }
      courses.forEach(course -> course.goTo(row.epochMicros()));
      List<String> fields = new ArrayList<>();
      for (String column : clock.columns()) {
        long more = column.equals(CPU) && at >= 0 ? ofProxy.get(at).cpuMicros() : 0;
        fields.add(
            column.equals(TIME) ? Long.toString(row.epochMicros()) : field(courses, column, more));
      }
      csv.append(String.join(",", fields)).append('\n');
    }
    return csv.toString();
  }

  /** Empty if a server could not read it. */
  private static String field(List<Course> courses, String column, long more) {
    long sum = more;
    for (Course course : courses) {
      Long value = course.value(column);
      if (value == null) {
        return "";
      }
      sum = column.equals(LIMIT) ? Math.min(Limit.MAX, sum + value) : sum + value;
    }
    return Long.toString(sum);
  }

  /** One after the other, what has served at an address; asked at moments that never go back. */
  private static final class Course {
    private final List<ServerCsv> lives = new ArrayList<>();
    private final List<Long> ends = new ArrayList<>();
    private int life;
    private int row = -1;
    private long now;

    Course(Place place) {
      for (FleetServer.Loss loss : place.losses()) {
        lives.add(ServerCsv.parse(loss.samples()));
        ends.add(loss.endedEpochMicros());
      }
      ServerCsv last = ServerCsv.parse(place.last());
      if (lives.isEmpty() || !lives.get(lives.size() - 1).equals(last)) {
        lives.add(last);
      }
    }

    List<String> columns() {
      return lives.get(0).columns();
    }

    List<Row> rows() {
      return lives.get(0).rows();
    }

    void goTo(long epochMicros) {
      now = epochMicros;
      while (isLaterAt(life + 1, 0) || isLaterAt(life, row + 1)) {
        boolean next = isLaterAt(life + 1, 0);
        life += next ? 1 : 0;
        row = next ? 0 : row + 1;
      }
    }

    /** Whether there is such a row by now. */
    private boolean isLaterAt(int ofLife, int index) {
      return ofLife < lives.size()
          && index < lives.get(ofLife).rows().size()
          && lives.get(ofLife).rows().get(index).epochMicros() <= now;
    }

    /** Null if a server could not read it. */
    @Nullable Long value(String column) {
      if (GAUGES.contains(column)) {
        boolean ended = life < ends.size() && now >= ends.get(life);
        return ended || row < 0 ? Long.valueOf(0) : told(life, row, column);
      }
      Long sum = row < 0 ? Long.valueOf(0) : told(life, row, column);
      for (int before = 0; before < life && sum != null; before++) {
        int size = lives.get(before).rows().size();
        Long then = size == 0 ? Long.valueOf(0) : told(before, size - 1, column);
        sum = then == null ? null : Long.valueOf(sum + then);
      }
      return sum;
    }

    private @Nullable Long told(int ofLife, int index, String column) {
      ServerCsv file = lives.get(ofLife);
      int at = file.columns().indexOf(column);
      String text = at < 0 ? "" : file.rows().get(index).fields().get(at);
      return text.isEmpty() ? null : Long.valueOf(text);
    }
  }
}
