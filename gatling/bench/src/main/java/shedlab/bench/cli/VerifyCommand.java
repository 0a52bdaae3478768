package shedlab.bench.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import shedlab.report.verify.Verification;

@Command(
    name = "verify",
    description = "Recomputes every number of a run from its raw files; a difference is code 3.")
final class VerifyCommand implements Callable<Integer> {
  private static final int SHOWN = 10;

  @Parameters(paramLabel = "RUN", description = "The run's folder.")
  private Path run = Path.of("");

  @Override
  public Integer call() throws IOException {
    Verification verification = Verification.of(run);
    System.out.println(verification.summary());
    verification.differences().stream().limit(SHOWN).forEach(System.out::println);
    int more = verification.differences().size() - SHOWN;
    if (more > 0) {
      System.out.println("and " + more + " more differences");
    }
    System.out.println(verification.holds() ? "Everything follows." : "It does not follow.");
    return verification.holds() ? 0 : ShedlabMain.DIFFERS;
  }
}
