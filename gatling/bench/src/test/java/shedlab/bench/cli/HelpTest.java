package shedlab.bench.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;

class HelpTest {
  private static final CommandLine MAIN = ShedlabMain.commandLine();

  static Stream<String> commands() {
    return MAIN.getSubcommands().keySet().stream();
  }

  @Test
  void helpListsEveryCommandAndEveryExitCode() {
    for (List<String> asked : List.of(List.of("help"), List.of("--help"), List.of("-h"))) {
      Said said = Said.by(asked.toArray(String[]::new));

      assertThat(said.code()).isZero();
      assertThat(said.err()).isEmpty();
      assertThat(commands())
          .allSatisfy(command -> assertThat(said.out()).contains("\n  " + command + " "));
      assertThat(said.out())
          .contains("Usage: shedlab COMMAND [OPTIONS]", "SHEDLAB_SERVERS")
          .contains("  0   done", "  6   gate cannot compare", "over 10 % of the cells");
    }
  }

  @ParameterizedTest
  @MethodSource("commands")
  void everyCommandHasItsHelp(String command) {
    Said said = Said.by("help", command);

    assertThat(said.code()).isZero();
    assertThat(said.out()).startsWith("Usage: shedlab " + command);
    assertThat(Said.by(command, "--help")).isEqualTo(said);
    assertThat(said.out().lines()).allMatch(line -> line.length() <= 100);
  }

  @ParameterizedTest
  @MethodSource("commands")
  void everyArgumentIsDescribedInASentence(String command) {
    CommandLine line = Objects.requireNonNull(MAIN.getSubcommands().get(command));

    assertThat(line.getCommandSpec().usageMessage().description())
        .isNotEmpty()
        .allMatch(text -> text.endsWith("."));
    assertThat(line.getCommandSpec().args())
        .allSatisfy(
            argument -> {
              assertThat(String.join(" ", argument.description())).endsWith(".");
              assertThat(label(argument)).isUpperCase();
            });
  }

  /** The name of an argument's value; a flag has none. */
  private static String label(ArgSpec argument) {
    return argument.arity().max() == 0 ? "FLAG" : argument.paramLabel().replaceAll("\\W|\\d", "N");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      value = {
        "- | command: (not given) (expected: one of [bench, ",
        "bnech | command: bnech (expected: one of [bench, ",
        "help bnech | command: bnech (expected: one of [bench, ",
        "--loads=2 | command: --loads=2 (expected: one of [bench, ",
        "bench --load=2 | argument: --load=2 (expected: one of [--experiment, ",
        "index here | argument: here (expected: one of [--results, --help])",
        "report a b | argument: b (expected: one of [RUN, --help])",
        "report | RUN: (not given) (expected: the run's folder)",
        "compare a | B: (not given) (expected: the later run's folder)",
        "gate | base: (not given) (expected: the earlier run's folder)",
        "capacity | slo: (not given) (expected: p50, p90, p99 or p99.9 <= a time",
        "capacity --slo=p99 | slo: p99 (expected: p50, p90, p99 or p99.9 <= a time, shed <= a share",
        "refusals --servers=vertx | servers: vertx (expected: some of undertow jetty netty tokio",
        "refusals --quick=2 | quick: 2 (expected: 1 or 0)",
        "protocols --servers=tokio | servers: tokio (expected: some of undertow jetty netty",
        "protocols --quick=2 | quick: 2 (expected: 1 or 0)",
        "clean-rate --server=tokio | server: tokio (expected: one of undertow jetty netty)",
        "clean-rate --injectors=0 | injectors: 0 (expected: numbers from 1 to 64 such as 1 2 4",
        "clean-rate --injectors=2,2 | injectors: 2,2 (expected: numbers from 1 to 64 such as 1",
        "clean-rate --injectors=65 | injectors: 65 (expected: numbers from 1 to 64 such as 1 2",
        "clean-rate --beside=java | beside: java (expected: flags of a JVM that begin with -D",
        "clean-rate --profile=full | profile: full (expected: 1 or 0)",
        "conformance | target: (not given) (expected: a folder of servers/targets, ",
        "gate --base | base: (not given) (expected: the earlier run's folder)",
        "simulate --cores=2 --cores=4 | cores: (given twice) (expected: once)"
      })
  void whatCannotBeReadIsRefusedInOneLine(String arguments, String message) {
    Said said = arguments == null ? Said.by() : Said.by(arguments.split(" "));

    assertThat(said.err()).startsWith("shedlab: " + message).endsWith(")\n").hasLineCount(1);
    assertThat(said.out()).isEmpty();
    assertThat(said.code()).isEqualTo(2);
  }
}
