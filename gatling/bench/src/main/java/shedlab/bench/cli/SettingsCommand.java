package shedlab.bench.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import shedlab.bench.setting.Schema;

@Command(name = "settings", description = "Lists every key of an experiment, as a Markdown table.")
final class SettingsCommand implements Callable<Integer> {
  @Override
  public Integer call() {
    System.out.print(Schema.markdown());
    return 0;
  }
}
