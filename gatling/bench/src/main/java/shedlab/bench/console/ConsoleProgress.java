package shedlab.bench.console;

import java.io.IOException;
import java.time.Duration;
import java.util.Locale;
import java.util.function.IntSupplier;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;
import shedlab.bench.experiment.TimeLeft;
import shedlab.bench.run.Progress;
import shedlab.report.result.CellResult;

/** Progress on a terminal as one live line, elsewhere as one plain line per event. */
public final class ConsoleProgress implements Progress, AutoCloseable {
  private final IntSupplier total;
  private final @Nullable ProgressBar bar;
  private final TimeLeft timeLeft;
  private final long startNanos = System.nanoTime();
  private long done;

  /** Progress of a run of which some cells are there already. */
  public ConsoleProgress(long alreadyDone, IntSupplier total, TimeLeft timeLeft, boolean terminal) {
    this.done = alreadyDone;
    this.total = total;
    this.timeLeft = timeLeft;
    this.bar =
        terminal
            ? new ProgressBarBuilder()
                .setTaskName("cells")
                .setInitialMax(total.getAsInt())
                .startsFrom(alreadyDone, Duration.ZERO)
                .setStyle(ProgressBarStyle.ASCII)
                .setUpdateIntervalMillis(500)
                .hideEta()
                .build()
            : null;
  }

  @Override
  public void phase(String what) {
    if (bar != null) {
      bar.setExtraMessage(" " + what);
    } else {
      line(done + 1, what);
    }
  }

  /** Stays on the screen, where the next phase would take a phase's place. */
  @Override
  public void warning(String what) {
    line(done + 1, "WARNING: " + what);
  }

  @Override
  public void load(shedlab.report.raw.Progress report) {
    if (bar != null) {
      bar.setExtraMessage(
          String.format(
              Locale.ROOT,
              " %.0f/s, %.0f s left; all: %s",
              report.startsPerSecond(),
              Math.max(0, report.plannedSeconds() - report.elapsedSeconds()),
              left()));
    }
  }

  @Override
  public void repeatsCalibration(Duration about) {
    timeLeft.unplanned(about);
  }

  @Override
  public void calibratedAgain() {
    timeLeft.finished(elapsed());
  }

  @Override
  public void finished(CellResult cell, String verdict) {
    done++;
    timeLeft.finished(elapsed());
    if (bar != null) {
      bar.maxHint(total.getAsInt());
      bar.step();
    } else {
      line(done, "  " + verdict);
    }
  }

  @Override
  public void close() {
    if (bar != null) {
      bar.close();
    }
  }

  /** Asks the system: {@code System.console()} means something else since JDK 22. */
  public static boolean onTerminal() {
    try {
      return new ProcessBuilder("test", "-t", "1").inheritIO().start().waitFor() == 0;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private void line(long cell, String text) {
    System.out.printf(
        Locale.ROOT,
        "[%d/%d, %s elapsed, %s left] %s%n",
        Math.min(cell, total.getAsInt()),
        total.getAsInt(),
        minutes(elapsed()),
        left(),
        text);
  }

  private Duration elapsed() {
    return Duration.ofNanos(System.nanoTime() - startNanos);
  }

  private String left() {
    return minutes(timeLeft.at(elapsed()));
  }

  /** A duration as {@code 14:05}. */
  public static String minutes(Duration duration) {
    return String.format(Locale.ROOT, "%d:%02d", duration.toMinutes(), duration.toSecondsPart());
  }
}
