package shedlab.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import shedlab.report.pack.Unpacked;

class RefusalsTest {
  @Test
  void refusalsHaveACostAndACeilingNextToTheCheapest200(@TempDir Path folder) throws IOException {
    Refusing.write(folder);
    Report.write(folder);

    String text = Files.readString(folder.resolve("REPORT.md"));
    // On Netty a task takes 1 s / 219.1 and a 429 at least 30 us: 50 times the capacity leave
    // (1 - 50 * 219.1 * 30e-6) / (1 - 219.1 * 30e-6).
    assertThat(text)
        .contains("a 429 costs 30 on undertow, 30 on jetty and 30 on netty (plain); ")
        .contains("a 429 costs 60 on undertow, 60 on jetty and 60 on netty (new-connections); ")
        .contains("the cheapest 200 costs 25 on undertow, 25 on jetty and 25 on netty (plain-200).")
        .contains("(on netty (new-connections)), refusals leave half of the capacity at 39x.")
        .doesNotContain("`reject-all` 0 %");
    assertThat(text)
        .containsPattern("\\| netty \\| `fixed\\+fifo` \\|.*\\| 60\\.0 % \\(of 67\\.6 %\\) \\|");
    assertThat(text)
        .contains("CPU time of a 429 in µs (`200:` that of the cheapest 200, for comparison).")
        .contains("| netty | `fixed+fifo` | plain | 60 | 30 | 30 |")
        .contains("| netty | `fixed+fifo` | plain-200 | 200: 25 | 200: 25 | 200: 25 |");
    assertThat(folder.resolve("charts/goodput-light.svg"))
        .content()
        .contains(">ceiling<", ">new-connections<")
        .doesNotContain(">plain-200<");
    String page = Unpacked.page(Files.readString(folder.resolve("report.html")));
    assertThat(page).contains("What does a 429 cost?");
    // Three servers, plain and with new connections.
    assertThat(page.split("<path class=\"ceiling\" d=\"")).hasSize(1 + 3 * 2);
  }
}
