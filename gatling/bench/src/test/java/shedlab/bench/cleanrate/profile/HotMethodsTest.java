package shedlab.bench.cleanrate.profile;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import shedlab.bench.cleanrate.profile.HotMethods.Hot;
import shedlab.bench.cleanrate.profile.ThreadUse.OfThread;

public class HotMethodsTest {
  private static final Map<String, Long> COUNTS = Map.of("a.B.c", 6L, "a.B.d", 1L, "a.A.e", 3L);

  /** Ten samples, and two kinds of threads, over two seconds at 2,000 requests a second. */
  public static Profile profile() {
    return new Profile(
        "1 load generator",
        2_000,
        2,
        Map.of(
            ThreadKind.EVENT_LOOPS,
            new OfThread(ThreadKind.EVENT_LOOPS, 0.3, 0.12),
            ThreadKind.ACTORS,
            new OfThread(ThreadKind.ACTORS, 0.1, 0.02)),
        HotMethods.of(COUNTS));
  }

  @Test
  void theMethodsWithMostSamplesComeFirst() {
    assertThat(HotMethods.of(COUNTS).top(2))
        .containsExactly(new Hot("a.B.c", 0.6), new Hot("a.A.e", 0.3));
  }

  @Test
  void withoutSamplesThereIsNoMethod() {
    assertThat(HotMethods.of(Map.of()).top(15)).isEmpty();
  }
}
