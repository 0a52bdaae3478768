package shedlab.gatling;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * For test classes that run whole experiments: no two of them at a time, in whichever JVM. All
 * would pin their servers to the same CPU.
 */
public final class MeasuresAlone implements BeforeAllCallback, AfterAllCallback {
  private static final Path LOCK = Path.of("target", "measures-alone.lock");

  private @Nullable FileChannel held;

  @Override
  public void beforeAll(ExtensionContext context) throws IOException {
    held = FileChannel.open(LOCK, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    held.lock(); // until the channel is closed, or this JVM ends
  }

  @Override
  public void afterAll(ExtensionContext context) throws IOException {
    if (held != null) {
      held.close();
    }
  }
}
