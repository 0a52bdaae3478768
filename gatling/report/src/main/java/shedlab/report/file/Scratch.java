package shedlab.report.file;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.stream.Stream;

/**
 * A folder for what a run needs only while it runs. It is deleted when it is closed; what a killed
 * runner left is deleted by the next. A lock tells which runners live, in whatever container.
 */
public final class Scratch implements AutoCloseable {
  private static final String PREFIX = "shedlab-run-";
  private static final String LOCK = "lock";

  private final Path folder;
  private final FileChannel lock;

  private Scratch(Path folder, FileChannel lock) {
    this.folder = folder;
    this.lock = lock;
  }

  /** A new one in the system's folder for temporary files, which is swept first. */
  public static Scratch create() throws IOException {
    return in(Path.of(System.getProperty("java.io.tmpdir")));
  }

  static Scratch in(Path parent) throws IOException {
    sweep(parent);
    Path folder = Files.createTempDirectory(parent, PREFIX);
    FileChannel lock =
        FileChannel.open(
            folder.resolve(LOCK), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    lock.lock();
    return new Scratch(folder, lock);
  }

  private static void sweep(Path parent) throws IOException {
    try (DirectoryStream<Path> folders = Files.newDirectoryStream(parent, PREFIX + "*")) {
      for (Path folder : folders) {
        sweepIfDead(folder);
      }
    }
  }

  private static void sweepIfDead(Path folder) {
    try (FileChannel channel = FileChannel.open(folder.resolve(LOCK), StandardOpenOption.WRITE);
        FileLock lock = channel.tryLock()) {
      if (lock != null) {
        delete(folder);
      }
    } catch (IOException | UncheckedIOException | OverlappingFileLockException e) {
      // Another user's, one that is being made or deleted, or this JVM's own.
    }
  }

  /** Its path. */
  public Path folder() {
    return folder;
  }

  @Override
  public void close() {
    try (lock) {
      delete(folder);
    } catch (IOException | UncheckedIOException e) {
      // The next run deletes the rest.
    }
  }

  /** Deletes a folder and all that is in it, if it exists. */
  public static void delete(Path folder) throws IOException {
    try (Stream<Path> paths = Files.walk(folder)) {
      for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(path);
      }
    } catch (NoSuchFileException e) {
      // It never was, or another thread was faster.
    }
  }
}
