package shedlab.report.finding;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import shedlab.report.Project;
import shedlab.report.page.Subject;
import shedlab.report.result.RunFiles;

/** On published runs: of three servers, and of twelve. */
class ServerDifferencesTest {
  private static Subject run(String name) throws IOException {
    return new Subject(RunFiles.open(Project.file("results/" + name)));
  }

  @Test
  void everyTwoOfThreeServersAreCompared() throws IOException {
    assertThat(run("reference").verdict.servers())
        .contains("undertow and jetty ", "undertow and netty ", "jetty and netty ");
  }

  @Test
  void ofManyServersEachIsHeldOnceAgainstTheBestWithTheSameStrategy() throws IOException {
    Subject run = run("reference-targets");
    String said = run.verdict.servers();
    String compared = said.substring(said.indexOf("Goodput at "));

    assertThat(compared).contains("`own` does most on ").doesNotContain("netty");
    List<String> targets =
        run.plan.grid().servers().stream().filter(server -> !server.equals("netty")).toList();
    assertThat(targets)
        .allSatisfy(
            target ->
                assertThat(Pattern.compile(" " + target + "[ ,]").matcher(compared).results())
                    .hasSize(1));
  }
}
