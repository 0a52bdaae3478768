package shedlab.servers;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** Prints the table of options that servers/README.md shows. */
@Command(name = "options", description = "The options of a server, as a Markdown table.")
final class OptionsCommand implements Callable<Integer> {
  @Override
  public Integer call() {
    System.out.print(ServerOptions.markdown());
    System.out.flush();
    return 0;
  }
}
