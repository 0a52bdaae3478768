package shedlab.bench.log;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.function.IntSupplier;
import shedlab.load.ArrivalProcess;
import shedlab.load.ArrivalSchedule;
import shedlab.load.LoadProfile;
import shedlab.load.ServiceLaw;

/**
 * The synthetic logs of the tests: services of one core, whose requests are done in their order.
 * The same seeds give the same bytes, whatever becomes of the simulator.
 */
final class SampleLogs {
  private static final DateTimeFormatter BRACKETED =
      DateTimeFormatter.ofPattern("dd/MMM/yyyy:HH:mm:ss Z", Locale.ROOT).withZone(ZoneOffset.UTC);
  private static final long BEGIN = Instant.parse("2026-03-02T09:00:00Z").toEpochMilli() * 1_000;
  private static final int GAVE_UP = 499;

  /**
   * A service of one core.
   *
   * @param places how many requests it holds; more are refused with 503
   * @param patienceMicros after which clients leave
   */
  private record Service(
      LoadProfile load, ArrivalProcess arrivals, ServiceLaw law, int places, long patienceMicros) {}

  private record Line(long startMicros, long endMicros, int status, int path) {
    long took() {
      return endMicros - startMicros;
    }
  }

  private SampleLogs() {}

  /** Writes all into a folder. */
  static void write(Path folder) throws IOException {
    Files.createDirectories(folder);
    Files.write(folder.resolve("nginx-shop.log"), nginx(), StandardCharsets.UTF_8);
    Files.write(folder.resolve("apache-api.log"), apache(), StandardCharsets.UTF_8);
    Files.write(folder.resolve("envoy-orders.log"), envoy(), StandardCharsets.UTF_8);
  }

  /** A shop without shedding: 25 ms a request, and half a minute of 1.4 times what it can do. */
  static List<String> nginx() {
    Service shop =
        new Service(
            LoadProfile.constant(16, 15).then(56, 30).then(20, 15),
            ArrivalProcess.poisson(),
            ServiceLaw.parse("lognormal:cv=0.8", 25_000),
            Integer.MAX_VALUE,
            2_000_000);
    List<String> text = new ArrayList<>();
    for (Line line : lines(shop, 1)) {
      text.add(
          String.format(
              Locale.ROOT,
              "10.1.%d.%d - - [%s] \"GET /products/%d HTTP/1.1\" %d %d \"-\" \"shop/4.2\" %.3f",
              line.path % 7,
              line.path % 251,
              time(line.endMicros),
              line.path,
              line.status,
              line.status == 200 ? 3_000 + line.path : 0,
              line.took() / 1e6));
    }
    // What logs have in real life: a line cut off by a rotation, and one of another program.
    text.add(700, "10.1.3.77 - - [02/Mar/2026:09:00:2");
    text.add(1_200, "nginx: [warn] 512 worker_connections are not enough");
    return text;
  }

  /** An interface with a pool of 16 threads: 10 ms a request, bursts, 503 above the pool. */
  static List<String> apache() {
    Service api =
        new Service(
            LoadProfile.constant(85, 30),
            ArrivalProcess.parse("bursts:peak=3,on=1s,every=5s"),
            ServiceLaw.parse("lognormal:cv=0.3", 10_000),
            16,
            5_000_000);
    List<String> text = new ArrayList<>();
    for (Line line : lines(api, 2)) {
      text.add(
          String.format(
              Locale.ROOT,
              "192.0.2.%d - client%d [%s] \"POST /v1/quotes HTTP/1.1\" %d %d \"-\" \"quotes/1.0"
                  + " (batch)\" %d",
              line.path % 200,
              line.path % 9,
              time(line.startMicros),
              line.status,
              line.status == 200 ? 412 : 299,
              line.took()));
    }
    text.add(1_000, "192.0.2.9 - - [02/Mar/2026:09:00:13 +0000] \"-\" - - \"-\" \"-\"");
    return text;
  }

  /** Orders behind a proxy: 40 ms a request, exponential, and a load that climbs to the double. */
  static List<String> envoy() {
    Service orders =
        new Service(
            LoadProfile.ramp(10, 50, 60, 12),
            ArrivalProcess.poisson(),
            ServiceLaw.exponential(40_000),
            40,
            1_500_000);
    List<String> text = new ArrayList<>();
    for (Line line : lines(orders, 3)) {
      int status = line.status == GAVE_UP ? 0 : line.status;
      text.add(
          String.format(
              Locale.ROOT,
              "{\"start_time\":\"%s\",\"method\":\"POST\",\"path\":\"/orders\",\"response_code\":%d,"
                  + "\"response_flags\":\"%s\",\"duration\":%d}",
              Instant.ofEpochMilli(line.startMicros / 1_000),
              status,
              status == 0 ? "DC" : status == 503 ? "UO" : "-",
              line.took() / 1_000));
    }
    text.add(900, "{\"start_time\":\"2026-03-02T09:00:4");
    return text;
  }

  private static String time(long micros) {
    return BRACKETED.format(Instant.ofEpochMilli(micros / 1_000));
  }

  /** The requests in the order in which they end. */
  private static List<Line> lines(Service service, long seed) {
    ArrivalSchedule schedule = ArrivalSchedule.of(service.arrivals, service.load, seed);
    IntSupplier sizes = service.law.draws(seed);
    SplittableRandom other = new SplittableRandom(seed);
    List<Line> lines = new ArrayList<>();
    List<Long> inSystem = new ArrayList<>();
    long free = 0;
    for (int i = 0; i < schedule.size(); i++) {
      long now = BEGIN + schedule.startNanos(i) / 1_000;
      int path = other.nextInt(1, 400);
      long network = 200L + other.nextInt(600);
      int work = sizes.getAsInt();
      inSystem.removeIf(end -> end <= now);
      long from = Math.max(now, free);
      if (inSystem.size() >= service.places) {
        lines.add(new Line(now, now + network, 503, path));
      } else if (from - now >= service.patienceMicros) {
        lines.add(new Line(now, now + service.patienceMicros, GAVE_UP, path));
      } else {
        free = from + work;
        inSystem.add(free);
        long end = Math.min(free + network, now + service.patienceMicros);
        boolean left = free - now > service.patienceMicros;
        int found = other.nextInt(100) == 0 ? 404 : 200;
        lines.add(new Line(now, end, left ? GAVE_UP : found, path));
      }
    }
    lines.sort(Comparator.comparingLong(Line::endMicros));
    return lines;
  }
}
