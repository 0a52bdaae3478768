package shedlab.gatling.report;

import java.nio.file.Path;

public final class Report {
  private Report() {}

  public static void write(Path p) {}
}
