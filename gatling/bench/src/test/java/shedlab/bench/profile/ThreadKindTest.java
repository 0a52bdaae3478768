package shedlab.bench.profile;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ThreadKindTest {
  @Test
  void tasksAndRefusalsAreKnownByTheirCodeOnWhicheverThread() {
    assertThat(
            ThreadKind.of(
                "shedlab-worker-3", List.of("java.lang.Thread.run", "shedlab.task.CpuTask.run")))
        .isEqualTo("tasks");
    assertThat(
            ThreadKind.of(
                "multiThreadIoEventLoopGroup-3-1",
                List.of("io.netty.Loop.run", "shedlab.servers.endpoint.Call.onShed")))
        .isEqualTo("refusals");
  }

  @Test
  void threadsOfAPoolAreOne() {
    assertThat(ThreadKind.of("XNIO-1 I/O-2", List.of("org.xnio.Loop.run")))
        .isEqualTo(ThreadKind.of("XNIO-1 I/O-13", List.of()))
        .isEqualTo("thread XNIO-1 I/O");
    assertThat(ThreadKind.named(null)).isEqualTo("threads of the JVM");
    assertThat(ThreadKind.named("7")).isEqualTo("thread 7");
  }

  @Test
  void classesThatAJvmMakesItselfHaveNoNumbers() {
    assertThat(ThreadKind.type("shedlab.Call$$Lambda$14/0x0000000800c0"))
        .isEqualTo("shedlab.Call$$Lambda");
    assertThat(ThreadKind.type("java.lang.invoke.LambdaForm$MH/0x00000008"))
        .isEqualTo("java.lang.invoke.LambdaForm$MH");
    assertThat(ThreadKind.type("shedlab.task.CpuTask")).isEqualTo("shedlab.task.CpuTask");
  }
}
