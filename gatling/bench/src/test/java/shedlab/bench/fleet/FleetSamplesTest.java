package shedlab.bench.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class FleetSamplesTest {
  private static final String HEAD =
      "epoch_micros,limit,inflight,waiting,received,completed,shed_full,shed,cpu_micros\n";
  private static final String FIRST =
      HEAD + "100000,4,2,1,10,7,0,0,1000\n200000,4,3,0,14,10,1,1,2000\n";
  private static final String SECOND = HEAD + "450000,4,1,0,3,2,0,0,500\n";
  private static final String OTHER =
      HEAD
          + "130000,4,1,0,8,7,0,0,900\n"
          + "230000,4,1,0,9,8,0,0,1800\n"
          + "330000,5,1,0,10,9,0,0,2700\n"
          + "530000,5,0,0,12,12,0,0,3600\n";
  private static final String PROXY = "epoch_micros,cpu_micros\n200000,50\n500000,90\n";

  private static final FleetServer.Loss LOSS = new FleetServer.Loss("", FIRST, 290_000, 300_000);

  @Test
  void aRowHasWhatEachServerToldLastBeforeIt() {
    var places =
        List.of(new FleetSamples.Place(List.of(), FIRST), new FleetSamples.Place(List.of(), OTHER));

    assertThat(FleetSamples.sum(places, PROXY))
        .startsWith(HEAD + "130000,8,3,1,18,14,0,0,1900\n230000,8,4,0,23,18,1,1,3850\n");
  }

  @Test
  void totalsGoOnWhereAServerIsKilledAndItsGaugesAreNothingUntilTheNextOneIsThere() {
    var places =
        List.of(
            new FleetSamples.Place(List.of(LOSS), SECOND),
            new FleetSamples.Place(List.of(), OTHER));

    assertThat(FleetSamples.sum(places, PROXY))
        .endsWith("330000,5,1,0,24,19,1,1,4750\n530000,9,1,0,29,24,1,1,6190\n");
  }

  @Test
  void aServerThatIsStillDownIsNotCountedTwice() {
    var places =
        List.of(
            new FleetSamples.Place(List.of(LOSS), FIRST), new FleetSamples.Place(List.of(), OTHER));

    assertThat(FleetSamples.sum(places, PROXY)).endsWith("530000,5,0,0,26,22,1,1,5690\n");
  }

  @Test
  void noLimitStaysNoLimitAndWhatOneCannotReadNobodyTells() {
    String unlimited = HEAD + "100000,2097151,2,1,10,7,0,0,\n";
    var places =
        List.of(
            new FleetSamples.Place(List.of(), OTHER), new FleetSamples.Place(List.of(), unlimited));

    assertThat(FleetSamples.sum(places, "epoch_micros,cpu_micros\n"))
        .isEqualTo(HEAD + "100000,2097151,2,1,10,7,0,0,\n");
  }
}
