package shedlab.bench.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
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
