package shedlab.bench.profile;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class StackRootTest {
  @Test
  void tasksAndRefusalsAreKnownByTheirCodeOnWhicheverThread() {
    assertThat(
            StackRoot.of(
                "shedlab-worker-3", List.of("java.lang.Thread.run", "shedlab.task.CpuTask.run")))
        .isEqualTo("tasks");
    assertThat(
            StackRoot.of(
                "multiThreadIoEventLoopGroup-3-1",
                List.of("io.netty.Loop.run", "shedlab.servers.endpoint.Call.onShed")))
        .isEqualTo("refusals");
  }

  @Test
  void threadsOfAPoolAreOne() {
    assertThat(StackRoot.of("XNIO-1 I/O-2", List.of("org.xnio.Loop.run")))
        .isEqualTo(StackRoot.of("XNIO-1 I/O-13", List.of()))
        .isEqualTo("thread XNIO-1 I/O");
    assertThat(StackRoot.named(null)).isEqualTo("threads of the JVM");
    assertThat(StackRoot.named("7")).isEqualTo("thread 7");
  }

  @Test
  void classesThatAJvmMakesItselfHaveNoNumbers() {
    assertThat(StackRoot.type("shedlab.Call$$Lambda$14/0x0000000800c0"))
        .isEqualTo("shedlab.Call$$Lambda");
    assertThat(StackRoot.type("java.lang.invoke.LambdaForm$MH/0x00000008"))
        .isEqualTo("java.lang.invoke.LambdaForm$MH");
    assertThat(StackRoot.type("shedlab.task.CpuTask")).isEqualTo("shedlab.task.CpuTask");
  }
}
