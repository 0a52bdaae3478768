package shedlab.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.function.IntSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DrawnRequestsTest {
  private static final LoadProfile PROFILE = LoadProfile.constant(300, 2).then(900, 1);

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "poisson | deterministic",
        "constant | exponential",
        "bursts:peak=5,on=50ms,every=1s | pareto:alpha=1.5,ratio=100",
        "markov:peak=3,on=50ms,off=150ms | bimodal"
      })
  void areThoseThatArrivalsAndLawDraw(String arrivals, String sizes) {
    ArrivalProcess process = ArrivalProcess.parse(arrivals);
    ServiceLaw law = ServiceLaw.parse(sizes, 4_000);
    DrawnRequests requests = DrawnRequests.of(process, PROFILE, law, 7);
    assertThat(requests.seed()).isEqualTo(7);
    for (int reader = 0; reader < 2; reader++) {
      Arrivals expectedStarts = process.along(PROFILE, 7);
      IntSupplier expectedUnits = law.draws(7);
      Arrivals starts = requests.starts();
      IntSupplier units = requests.units();
      int read = 0;
      for (long next = starts.nextNanos(); next != Arrivals.END; next = starts.nextNanos()) {
        assertThat(next).isEqualTo(expectedStarts.nextNanos());
        assertThat(units.getAsInt()).isEqualTo(expectedUnits.getAsInt());
        read++;
      }
      assertThat(expectedStarts.nextNanos()).isEqualTo(Arrivals.END);
      assertThat(read).isEqualTo(requests.size()).isGreaterThan(1_000);
    }
  }

  @Test
  void aPauseHasNone() {
    LoadProfile pause = LoadProfile.constant(0, 1);
    DrawnRequests requests =
        DrawnRequests.of(ArrivalProcess.poisson(), pause, ServiceLaw.deterministic(1), 1);
    assertThat(requests.size()).isZero();
    assertThat(requests.starts().nextNanos()).isEqualTo(Arrivals.END);
  }
}
