package shedlab.servers;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import shedlab.strategy.Strategies;

/** What is said of strategies is what is installed. */
final class StrategyTableTest {
  private static final StrategyTable TABLE = StrategyTable.of(Strategies.installed());

  /** If this fails: {@code make strategies}. */
  @Test
  void theReadmeHasTheTable() throws Exception {
    String block = block("strategies/README.md", "strategies");
    String installed =
        TABLE
            .markdown()
            .lines()
            .filter(line -> !line.startsWith("| `test-")) // on the class path of tests only
            .collect(Collectors.joining("\n", "", "\n"));
    assertThat(block).isEqualTo(installed);
  }

  /** If this fails: {@code make strategies}. */
  @Test
  void theReadmeOfServersHasTheOptions() throws Exception {
    assertThat(block("servers/README.md", "options")).isEqualTo(ServerOptions.markdown());
  }

  private static String block(String file, String name) throws Exception {
    String readme = Files.readString(Project.file(file));
    String start = "<!-- " + name + " -->\n";
    return readme.substring(
        readme.indexOf(start) + start.length(), readme.indexOf("<!-- /" + name + " -->"));
  }

  @Test
  void everyFamilyAndWhateverIsFoundOnTheClassPathHasARow() {
    assertThat(TABLE.rows())
        .extracting(StrategyTable.Row::family)
        .contains("limit", "backlog", "policer", "whole");
    assertThat(TABLE.rows())
        .contains(
            new StrategyTable.Row(
                "fixed",
                "limit",
                "a semaphore: a constant limit",
                "limit=?",
                "",
                "Erlang 1917; java.util.concurrent.Semaphore"),
            new StrategyTable.Row(
                "test-attributes", "policer", "looks at tickets", "", "", "a test"));
    assertThat(TABLE.text())
        .contains(
            "whole    resilience4j-ratelimiter: a constant number of calls in each period",
            "\n         limit=50,period=500ns\n",
            "\n         profile=tuned,deadline=250ms,workers=4: initial=4,min=4,max=64,"
                + "timeout=125ms,pace=round-trip\n");
  }

  @Test
  void noTwoRowsShareAName() {
    List<String> names = TABLE.rows().stream().map(StrategyTable.Row::name).toList();
    assertThat(names).doesNotHaveDuplicates();
  }
}
