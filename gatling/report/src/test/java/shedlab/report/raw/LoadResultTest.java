package shedlab.report.raw;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import shedlab.report.Project;

class LoadResultTest {
  private static final Path FORMAT_3 =
      Project.file(
          "gatling/report/src/test/resources/shedlab/report/verify/run/cells/netty-1-fixed-0.5x-r1");

  @Test
  void readsFormat3() throws IOException {
    LoadResult read = LoadResult.read(FORMAT_3);

    assertThat(read.formatVersion()).isEqualTo(LoadResult.FORMAT);
    assertThat(read.whole().intended()).isEqualTo(205).isEqualTo(read.whole().started());
    assertThat(read.whole().outcomes().total()).isEqualTo(205);
    assertThat(read.window().seconds()).isEqualTo(1);
    assertThat(read.window().outcomes().good()).isEqualTo(104);
    assertThat(read.window().attempts().sent()).isEqualTo(111);
    assertThat(read.window().admitted().count()).isEqualTo(104);
    assertThat(read.generator().minStartRatio()).isPositive();
    assertThat(read.gatling().ok()).isEqualTo(195);
  }

  @Test
  void readsBackWhatItWrites(@TempDir Path folder) throws IOException {
    LoadResult result = LoadResult.read(FORMAT_3);

    result.write(folder);

    assertThat(LoadResult.read(folder)).isEqualTo(result);
  }
}
