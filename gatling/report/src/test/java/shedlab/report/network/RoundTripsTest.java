package shedlab.report.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RoundTripsTest {
  @TempDir private Path run = Path.of("");

  private static Histogram exchanges(long... micros) {
    Histogram histogram = new Histogram(3);
    for (long each : micros) {
      histogram.recordValue(each);
    }
    histogram.setStartTimeStamp(1_000);
    histogram.setEndTimeStamp(4_000);
    return histogram;
  }

  @Test
  void whatIsWrittenForEachServerIsReadAgainAndALaterOneReplacesAnEarlier() throws IOException {
    RoundTrips.add(run, "netty", exchanges(900));
    RoundTrips.add(run, "jetty", exchanges(300, 310));
    RoundTrips.add(run, "netty", exchanges(210, 250, 990));

    RoundTrips trips = RoundTrips.read(run);
    assertThat(trips.parts()).extracting(RoundTrips.Part::server).containsExactly("netty", "jetty");
    assertThat(trips.parts().get(0).leastMicros()).isEqualTo(210);
    assertThat(trips.parts().get(0).exchange().p50()).isEqualTo(250);
    assertThat(trips.has("jetty")).isTrue();
    assertThat(trips.has("undertow")).isFalse();
    assertThat(new NetworkWords(trips).method())
        .contains("at least 0.21 ms, p50 0.25 ms, p99 0.99 ms on netty; at least 0.30 ms");
    assertThat(new NetworkWords(trips).threat()).hasSize(1);
  }

  @Test
  void aRunThatDidNotMeasureItSaysNothing() throws IOException {
    NetworkWords words = new NetworkWords(RoundTrips.read(run));

    assertThat(words).isEqualTo(new NetworkWords(new RoundTrips(List.of())));
    assertThat(words.method()).isEmpty();
    assertThat(words.threat()).isEmpty();
  }

  @Test
  void aDamagedFileIsNamedWithItsLine() throws IOException {
    RoundTrips.add(run, "netty", exchanges(900));
    Path file = run.resolve(RoundTrips.FILE);
    Files.writeString(file, Files.readString(file).replace("Tag=netty", "Tag=net ty"));

    assertThatIOException()
        .isThrownBy(() -> RoundTrips.read(run))
        .withMessageContaining(file + ":")
        .withMessageContaining("Tag=the name of a server");
  }
}
