package shedlab.bench.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import shedlab.report.result.CpuList;

class CpuSplitTest {
  @Test
  void givesEachSideHalfOfTheCores() {
    CpuSplit split = CpuSplit.of(List.of(List.of(0), List.of(1)));
    assertThat(split.serverList()).isEqualTo("0");
    assertThat(split.injectorList()).isEqualTo("1");
    assertThat(split.shared()).isFalse();
  }

  @Test
  void keepsHyperThreadsOfOneCoreOnOneSide() {
    CpuSplit split =
        CpuSplit.of(List.of(List.of(0, 4), List.of(1, 5), List.of(2, 6), List.of(3, 7)));
    assertThat(split.server()).containsExactly(0, 4, 1, 5);
    assertThat(split.injector()).containsExactly(2, 6, 3, 7);
  }

  @Test
  void anOddCoreGoesToTheInjector() {
    CpuSplit split = CpuSplit.of(List.of(List.of(0), List.of(1), List.of(2)));
    assertThat(split.server()).containsExactly(0);
    assertThat(split.injector()).containsExactly(1, 2);
  }

  @Test
  void oneCoreIsSharedAndSaysSo() {
    assertThat(CpuSplit.of(List.of(List.of(0))).shared()).isTrue();
  }

  @Test
  void severalLoadGeneratorsHaveCpusOfTheirOwn() {
    CpuSplit split =
        CpuSplit.of(IntStream.range(0, 8).mapToObj(List::of).toList()); // the server has 0 to 3
    assertThat(split.injectors()).containsExactly(List.of(4, 5, 6, 7));

    CpuSplit three = split.among(3);
    assertThat(three.injectors()).containsExactly(List.of(4), List.of(5), List.of(6, 7));
    assertThat(three.injectorLists()).isEqualTo("4 | 5 | 6,7");
    assertThat(three.injectorList()).isEqualTo(split.injectorList());
    assertThat(three.server()).isEqualTo(split.server());
    assertThat(three.injectorsShare()).isFalse();
    assertThat(split.among(1)).isEqualTo(split);
    assertThat(three.injectorName(2)).isEqualTo("injector-3");
    assertThat(split.injectorName(0)).isEqualTo("injector");
  }

  @Test
  void moreLoadGeneratorsThanCpusAreRefusedUnlessTheyMayShareThem() {
    CpuSplit split = CpuSplit.of(List.of(List.of(0), List.of(1)));
    assertThatThrownBy(() -> split.among(4))
        .isInstanceOf(HostException.class)
        .hasMessage(
            "injectors: 4 (expected: at most 1, for each has a CPU of its own; 4:shared if they may"
                + " share them)");

    CpuSplit shared = split.sharedBy(2);
    assertThat(shared.injectors()).containsExactly(List.of(1), List.of(1));
    assertThat(shared.injectorList()).isEqualTo("1");
    assertThat(shared.injectorsShare()).isTrue();
    assertThat(shared.shared()).isFalse();
  }

  @Test
  void loadGeneratorsThatShareCpusShareTheMemoryOfOne() {
    CpuSplit split = CpuSplit.of(List.of(List.of(0), List.of(1), List.of(2), List.of(3)));
    assertThat(JvmFlags.injector(split, 0)).contains("-Xmx1536m", "-XX:ActiveProcessorCount=2");
    assertThat(JvmFlags.injector(split.among(2), 1))
        .contains("-Xmx1536m", "-XX:ActiveProcessorCount=1");
    assertThat(JvmFlags.injector(split.sharedBy(2), 1))
        .contains("-Xmx768m", "-Xmn432m", "-XX:ActiveProcessorCount=2");
  }

  @Test
  void aLoadGeneratorHasAnEventLoopForEachOfItsCpus() {
    CpuSplit split = CpuSplit.of(List.of(List.of(0), List.of(1), List.of(2), List.of(3)));
    assertThat(JvmFlags.injector(split, 0)).contains("-Dio.netty.eventLoopThreads=2");
    assertThat(JvmFlags.injector(split.among(2), 1)).contains("-Dio.netty.eventLoopThreads=1");
  }

  @Test
  void machinesNumberTheirCpusAlikeAndShareNone() {
    List<List<Integer>> each = List.of(List.of(0, 1), List.of(0, 1));
    CpuSplit split = new CpuSplit(List.of(0, 1), each, 2);
    assertThat(split.shared()).isFalse();
    assertThat(split.injectorsShare()).isFalse();
    assertThat(split.among(2).injectors())
        .containsExactly(List.of(0), List.of(1), List.of(0), List.of(1));
    assertThat(split.among(2).injectorsShare()).isFalse();
    assertThat(split.sharedBy(2).injectorsShare()).isTrue();

    CpuSplit onOneMachine = new CpuSplit(List.of(1), each);
    assertThat(onOneMachine.shared()).isTrue();
    assertThat(onOneMachine.injectorsShare()).isTrue();
  }

  @Test
  void readsCpuListsAsTheKernelWritesThem() {
    assertThat(CpuList.parse("0-2,5,7-8").cpus()).containsExactly(0, 1, 2, 5, 7, 8);
  }

  @Test
  void theSplitOfThisMachineUsesNoCpuTwiceUnlessItHasOneCoreOnly() {
    CpuSplit split = CpuSplit.ofThisMachine();
    assertThat(split.server()).isNotEmpty();
    if (!split.shared()) {
      assertThat(split.server()).doesNotContainAnyElementsOf(split.injector());
    }
  }
}
