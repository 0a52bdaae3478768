package shedlab.jmh;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The page of a run. */
final class PageTest {
  private static final Path PROJECT = Path.of(System.getProperty("shedlab.project", ".."));
  private static final Path FIXTURES = PROJECT.resolve("jmh/src/test/resources/shedlab/jmh");
  private static final Path PUBLISHED = PROJECT.resolve("results/reference/jmh.json");

  /** If this fails: {@code make reference-jmh RUN=results/...-jmh}. */
  @Test
  void theReadmeShowsThePublishedRun() throws Exception {
    String readme = Files.readString(PROJECT.resolve("jmh/README.md"));
    String start = "<!-- jmh -->\n";
    String block =
        readme.substring(readme.indexOf(start) + start.length(), readme.indexOf("<!-- /jmh -->"));
    assertThat(block)
        .isEqualTo(Files.exists(PUBLISHED) ? new Page(Measurements.read(PUBLISHED)).section() : "");
  }

  @Test
  void everyBenchmarkIsListedAndNothingElse() {
    List<String> told = new ArrayList<>(List.of("PeerBenchmark.semaphoreAgain, 1"));
    told.add("PeerBenchmark.semaphoreAgain, 2");
    for (Page.Comparison comparison :
        Stream.concat(Page.ADMISSIONS.stream(), Page.REFUSALS.stream()).toList()) {
      for (int threads : Page.THREADS) {
        told.add(comparison.ours().name() + ", " + threads);
        told.add(comparison.other().name() + ", " + threads);
      }
    }
    Page.SIGNALS.forEach(signal -> told.add(signal.name() + ", 1"));
    told.add(Page.WAKE_UP.name() + ", 1");
    List.of(1, 30, 1000).forEach(units -> told.add("CpuTaskBenchmark.run " + units + ", 1"));
    assertThat(new Rounds("", 1, List.of()).names())
        .containsExactlyInAnyOrderElementsOf(
            told.stream().distinct().map(name -> "shedlab.jmh." + name).toList());
  }

  /** Nine rounds of three iterations; each round has an outlier that must not count. */
  @Test
  void figuresAreMediansOfForksAndComparisonsHaveIntervals() throws Exception {
    String page = page("nine-rounds.json");
    assertThat(page)
        .startsWith(
            """
            # What a decision costs

            Of 3 comparisons, ours is below the other in 1, level in 0, above in 1, open in 1.

            Admit and leave, with room for all:
            """)
        .contains(
            """
            | `aimd` | 60.0 | 200.0 | 0.02 |
            """,
            """
            | Netflix `AIMDLimit` | 50.0 | 200.0 | 80.00 |
            """,
            """
            | `aimd` | Netflix `AIMDLimit` | 1.20 (1.18–1.22) **above** | 1.00 (0.75–1.25) **open** |
            """,
            """
            | `aimd` | `System.nanoTime()` | 0.20 (0.19–0.21) below | - |
            """,
            """

            9 rounds; JDK 17.0.15, cpu 2 x Example, seed 1.
            CPU task, ns per unit: 40.0 (of 1), 41.0 (of 1000).
            """)
        .doesNotContain("Not evidence");
  }

  @Test
  void signalsHaveATableWhereTheyWereMeasured() throws Exception {
    assertThat(page("signals.json"))
        .contains(
            """

            What a policy may ask of its host, on one thread:

            | | ns | B/op |
            |---|---:|---:|
            | the same, and the runnable are counted | 150.0 | 0.25 |
            | CPU time of the process, once per period | 250000.0 | 60000.00 |

            The thread that measures how late it wakes takes 0.75 % of a CPU.
            """);
  }

  @Test
  void aRunThatIsOlderThanTheSignalsIsShownWithoutThem() throws Exception {
    assertThat(page("nine-rounds.json")).doesNotContain("of its host", "wakes");
  }

  @Test
  void oneRoundIsNoEvidenceAndHasNoVerdicts() throws Exception {
    assertThat(page("one-round.json"))
        .startsWith("# What a decision costs\n\n**Not evidence:** an interval takes six rounds.\n")
        .contains("| `aimd` | Netflix `AIMDLimit` | 1.20 | - |\n", "\n1 round; JDK 17.0.15")
        .doesNotContain("below", "above", "level", "open");
  }

  private static String page(String fixture) throws Exception {
    return new Page(Measurements.read(FIXTURES.resolve(fixture))).markdown();
  }
}
