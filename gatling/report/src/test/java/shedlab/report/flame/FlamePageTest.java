package shedlab.report.flame;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FlamePageTest {
  private static final Stacks STACKS =
      new Stacks(
          Map.of(
              "tasks;shedlab.task.CpuTask.run", 750L,
              "thread io;io.netty.Loop.run;java.nio.Channel.write", 150L,
              "thread io;io.netty.Loop.run", 100L));

  @Test
  void aFrameIsAsWideAsItsShareAndStandsOnItsCaller() {
    String page = FlamePage.of("CPU of `a` & b", List.of("A note."), STACKS);

    assertThat(page)
        .contains("<h1>CPU of <code>a</code> &amp; b</h1>", "<p class=\"note-text\">A note.</p>")
        .contains("aria-label=\"Flame graph: CPU of a &amp; b\"")
        .contains("data-x=\"0\" data-w=\"1200\" data-n=\"all\"")
        .contains("class=\"own\" data-x=\"0\" data-w=\"900\" data-n=\"CpuTask.run\"")
        .contains("class=\"server\" data-x=\"900\" data-w=\"300\" data-n=\"Loop.run\"")
        .contains("class=\"jdk\" data-x=\"900\" data-w=\"180\" data-n=\"Channel.write\"")
        .contains("shedlab.task.CpuTask.run\n75.0 %</title>");
  }

  @Test
  void theSameStacksGiveTheSameBytesWhateverTheirOrder() {
    var turned = new LinkedHashMap<String, Long>();
    STACKS.weights().keySet().stream()
        .sorted((a, b) -> b.compareTo(a))
        .forEach(stack -> turned.put(stack, STACKS.weights().getOrDefault(stack, 0L)));

    assertThat(FlamePage.of("x", List.of(), new Stacks(turned)))
        .isEqualTo(FlamePage.of("x", List.of(), STACKS));
  }

  @Test
  void itLoadsNothingAndItsNamesAreText() {
    Stacks odd = new Stacks(Map.of("tasks;a.B.<init>;c.\"D\".lambda$&x", 5L));

    String page = FlamePage.of("odd", List.of(), odd);

    assertThat(page)
        .contains("B.&lt;init&gt;", "&amp;x")
        .doesNotContain("<init>", "src=", "<link", "url(", "@import", "NaN")
        .doesNotContainPattern("https?://(?!www\\.w3\\.org/2000/svg)");
  }

  @Test
  void aFrameThatCannotBeSeenIsLeftOut() {
    String page =
        FlamePage.of("x", List.of(), new Stacks(Map.of("a;b.C.d", 9_999L, "z;e.F.g", 1L)));

    assertThat(page).contains("C.d").doesNotContain("F.g");
  }

  @Test
  void whatCannotBeSeenTakesNoRoom() {
    Stacks shallow = new Stacks(Map.of("a;b.C.d", 9_999L));
    Stacks deep = new Stacks(Map.of("a;b.C.d", 9_999L, "z;e.F.g;e.F.h;e.F.i;e.F.j", 1L));

    assertThat(FlamePage.of("x", List.of(), shallow)).contains("viewBox=\"0 0 1200 51\"");
    assertThat(FlamePage.of("x", List.of(), deep)).contains("viewBox=\"0 0 1200 51\"");
  }

  @Test
  void aDifferenceShowsWhatTakesMoreAndWhatTakesLess() {
    Stacks later = new Stacks(Map.of("tasks;shedlab.task.CpuTask.run", 50L, "thread io", 50L));

    String page = FlamePage.difference("x", List.of(), STACKS, later);

    assertThat(page)
        .contains("class=\"less\" data-x=\"0\" data-w=\"600\" data-n=\"CpuTask.run\"")
        .contains("50.0 % (before: 75.0 %, −25.0 pp)")
        .contains("class=\"more\" data-x=\"600\" data-w=\"600\" data-n=\"thread io\"")
        .contains("class=\"group\" data-x=\"0\" data-w=\"1200\" data-n=\"all\"");
  }
}
