package shedlab.bench.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Input that the command line refuses before anything runs. */
class BenchIT {
  @TempDir private Path folder = Path.of("");

  @Test
  void badInputIsOneLineACodeAndNothingHalfWritten() throws Exception {
    Map<List<String>, String> refusals = new LinkedHashMap<>();
    refusals.put(List.of("--servers", "tomcat"), "shedlab: servers: tomcat (expected: some of");
    refusals.put(
        List.of("--strategies", "fixed:limt=4"), "shedlab: limt: 4 (expected: one of the keys of");
    refusals.put(
        List.of("--strategies", "netflix-vgas"),
        "shedlab: strategy: netflix-vgas (expected: one of netflix-vegas");
    refusals.put(
        List.of("--strategies", "native:limit=4,queue=16", "--servers", "netty"),
        "shedlab: servers: [netty] (expected: [undertow, jetty] for native");
    refusals.put(
        List.of("--experiment", "nope"), "shedlab: experiment: nope (expected: all or one of [");
    refusals.put(List.of("--set", "mesure=1s"), "shedlab: mesure: 1s (expected: one of the keys");
    refusals.put(
        List.of("--set", "task-units=many"),
        "shedlab: task-units: many (expected: a whole number from 1 to");
    refusals.put(
        List.of("--host", "moon"), "shedlab: host: moon (expected: auto, containers or processes)");
    refusals.put(
        List.of("--machines", "server=a"),
        "shedlab: machines: load: [] (expected: one machine or more)");
    refusals.put(
        List.of("--machines", "server=a load=b", "--host", "processes"),
        "shedlab: host: processes (expected: auto, with --machines)");
    refusals.put(
        List.of("--machines", "server=a load=b", "--servers", "url:http://127.0.0.1:1"),
        "shedlab: machines: server=a load=b (expected: nothing for the target url:");
    refusals.put(
        List.of("--load-cpus", "1"),
        "shedlab: load-cpus: 1 (expected: nothing without --machines)");
    refusals.put(
        List.of("--results", "/dev/null/x"), "shedlab: results: /dev/null/x (expected: a folder");
    refusals.put(List.of("--profile-cpu", "2"), "shedlab: profile-cpu: 2 (expected: 1)");
    refusals.put(
        List.of("--profile-cpu", "1", "--servers", "netty url:http://127.0.0.1:1"),
        "shedlab: profile-cpu: 1 (expected: only our servers, without url:http://127.0.0.1:1)");
    refusals.put(
        List.of("--set", "jvm-archive=classes warm-up=0s"),
        "shedlab: warm-up: 0s (expected: more than that in the plain way: a warm server writes the archive)");
    refusals.put(
        List.of("--set", "jvm-archive=classes"),
        "shedlab: jvm-archive: classes (expected: none, or warm-up=0s in the same variant: it is for servers that are cold)");
    refusals.put(List.of("--live", "80"), "shedlab: live: 80 (expected: 1, or a port from 1000)");
    refusals.put(
        List.of("--server", "netty"),
        "shedlab: argument: --server (expected: one of [--experiment, ");

    Map<Bench, String> asked = new LinkedHashMap<>();
    for (Map.Entry<List<String>, String> refusal : refusals.entrySet()) {
      asked.put(Bench.start(folder, Map.of(), refusal.getKey()), refusal.getValue());
    }
    for (Map.Entry<Bench, String> answer : asked.entrySet()) {
      Bench bench = answer.getKey();
      assertThat(bench.exitCode(60)).describedAs(bench.text()).isEqualTo(2);
      assertThat(bench.text()).startsWith(answer.getValue()).hasLineCount(1);
    }
    assertNoRun();
  }

  @Test
  void aDockerHostThatDoesNotAnswerIsOneLine() throws Exception {
    Bench bench =
        Bench.start(
            folder, Map.of("DOCKER_HOST", "tcp://127.0.0.1:1"), Bench.tiny("--host", "containers"));
    assertThat(bench.exitCode(60)).isEqualTo(2);
    assertThat(bench.text())
        .isEqualTo("shedlab: docker: tcp://127.0.0.1:1 (expected: an engine that answers)\n");
    assertNoRun();
  }

  private void assertNoRun() {
    Path results = folder.resolve("results");
    if (Files.exists(results)) {
      assertThat(results).isEmptyDirectory();
    }
  }
}
