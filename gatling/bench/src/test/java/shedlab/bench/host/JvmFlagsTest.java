package shedlab.bench.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class JvmFlagsTest {
  private static final String SOON_WARM = " -XX:CompileThresholdScaling=0.2";

  @Test
  void aReaderIsToldTheFlagsOfServersThatAreWarmedAndOfThoseThatAreNot() {
    Map<String, String> facts = JvmFlags.facts(CpuSplit.of(List.of(0), List.of(1)));

    assertThat(facts.keySet())
        .containsExactly("server JVM flags", "server JVM flags, not warmed", "injector JVM flags");
    String warmed = facts.getOrDefault("server JVM flags", "");
    assertThat(warmed).contains(SOON_WARM);
    assertThat(facts)
        .containsEntry("server JVM flags, not warmed", warmed.replace(SOON_WARM, ""))
        .containsEntry("server JVM flags, not warmed", String.join(" ", JvmFlags.server(1, false)));
  }
}
