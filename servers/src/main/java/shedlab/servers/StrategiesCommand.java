package shedlab.servers;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import shedlab.strategy.Strategies;
import shedlab.strategy.Strategy;

/** Lists the installed strategies, including those from plug-in jars. */
@Command(name = "strategies", description = "The installed strategies.")
final class StrategiesCommand implements Callable<Integer> {
  @Option(names = "--markdown", description = "as the table of strategies/README.md")
  private boolean markdown;

  @Option(
      names = "--check",
      arity = "1..*",
      description =
          "one line of JSON for each: the canonical text, and the servers that can run it")
  private List<String> checked = List.of();

  @Override
  public Integer call() throws JsonProcessingException {
    Strategies installed = Strategies.installed();
    if (!checked.isEmpty()) {
      StringBuilder lines = new StringBuilder();
      for (String text : checked) {
        lines.append(line(installed.parse(text))).append('\n');
      }
      System.out.print(lines);
    } else {
      StrategyTable table = StrategyTable.of(installed);
      System.out.print(markdown ? table.markdown() : table.text());
    }
    System.out.flush();
    return 0;
  }

  private static String line(Strategy strategy) throws JsonProcessingException {
    Map<String, Object> line = new LinkedHashMap<>();
    line.put("text", strategy.toString());
    line.put(
        "servers",
        Arrays.stream(ServerKind.values())
            .filter(kind -> kind.hosts(strategy))
            .map(ServerKind::toString)
            .toList());
    return new ObjectMapper().writeValueAsString(line);
  }
}
