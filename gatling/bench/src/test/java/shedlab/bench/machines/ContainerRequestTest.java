package shedlab.bench.machines;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ContainerRequestTest {
  private static ContainerRequest request(boolean raisesPriority) {
    return new ContainerRequest(
        "server",
        "my/jre:17",
        "0-3,8",
        1024,
        raisesPriority,
        Map.of("/app", Path.of("/dist")),
        List.of("-jar", "/app/servers.jar"));
  }

  @Test
  void aContainerHasItsMachinesNetworkItsOwnCpusAndAnOpenInputAndIsRemovedWhenItEnds() {
    assertThat(request(false).create(List.of("--label", "a=b")))
        .containsExactly(
            "create --rm --interactive --network host --cpuset-cpus 0-3,8 --memory 1024m --memory-swap 1024m --label a=b --entrypoint java my/jre:17 -jar /app/servers.jar"
                .split(" "));
  }

  @Test
  void onlyOneThatRaisesPrioritiesGetsThePrivilege() {
    assertThat(request(true).create(List.of())).containsSequence("--cap-add", "SYS_NICE");
    assertThat(request(false).create(List.of())).doesNotContain("--cap-add");
  }
}
