package shedlab.report.verify;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Objects;
import shedlab.report.Folder;

/** A real run of two short cells, with their raw files and without a report. */
final class SmallRun {
  private SmallRun() {}

  static void copyTo(Path folder) throws IOException {
    Folder.copy(folder(), folder);
  }

  /** One file as it was. */
  static void restore(Path folder, String name) throws IOException {
    Files.copy(folder().resolve(name), folder.resolve(name), StandardCopyOption.REPLACE_EXISTING);
  }

  /** Leaves only the second cell. */
  static void keepOneCell(Path folder) throws IOException {
    Path gone = folder.resolve("cells/netty-1-fixed-0.5x-r1");
    for (String name : Folder.files(gone)) {
      Files.delete(gone.resolve(name));
    }
    Files.delete(gone);
    Path cells = folder.resolve("cells.jsonl");
    Files.writeString(cells, Files.readAllLines(cells).get(1) + "\n");
    Path plan = folder.resolve("plan.json");
    Files.writeString(
        plan,
        Files.readString(plan)
            .replace("[ 0.5, 2.0 ]", "[ 2.0 ]")
            .replace("cells\" : 2", "cells\" : 1"));
  }

  private static Path folder() {
    try {
      return Path.of(Objects.requireNonNull(SmallRun.class.getResource("run/")).toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }
}
