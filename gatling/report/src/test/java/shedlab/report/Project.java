package shedlab.report;

import java.nio.file.Path;

/** The files of the project that tests read, independent of the working directory. */
public final class Project {
  private static final Path ROOT =
      Path.of(System.getProperty("shedlab.project", "../..")).toAbsolutePath().normalize();

  private Project() {}

  /** The project's folder. */
  public static Path root() {
    return ROOT;
  }

  /** A file by its path below the project's folder. */
  public static Path file(String path) {
    return ROOT.resolve(path);
  }
}
