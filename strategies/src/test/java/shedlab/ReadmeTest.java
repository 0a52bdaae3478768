package shedlab;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringWriter;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.function.IntConsumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The program in the README of this library compiles as it stands, and does what it is said to. */
class ReadmeTest {
  private static final int REQUESTS = 50;

  @TempDir Path root;

  @Test
  void theServiceAnswersEveryRequestAndShedsWhatIsTooMuch() throws Exception {
    CountDownLatch answered = new CountDownLatch(REQUESTS);
    CountDownLatch mayEnd = new CountDownLatch(1);
    ConcurrentLinkedQueue<Integer> statuses = new ConcurrentLinkedQueue<>();
    IntConsumer respond =
        status -> {
          statuses.add(status);
          answered.countDown();
        };
    Runnable work = () -> await(mayEnd);
    try (URLClassLoader loader = new URLClassLoader(new URL[] {compiled().toUri().toURL()})) {
      Class<?> type = loader.loadClass("Service");
      try (AutoCloseable service = (AutoCloseable) type.getConstructor().newInstance()) {
        for (int i = 0; i < REQUESTS; i++) {
          type.getMethod("serve", Runnable.class, IntConsumer.class).invoke(service, work, respond);
        }
        // Four are at work and 16 wait: until they are late, which the heartbeat tells them.
        mayEnd.countDown();
        answered.await();
      }
    }
    Map<Integer, Long> counts =
        statuses.stream().collect(Collectors.groupingBy(s -> s, Collectors.counting()));

    assertThat(counts).containsOnlyKeys(200, 429);
    assertThat(counts.get(200)).isBetween(4L, 20L);
  }

  /** Where the classes are. */
  private Path compiled() throws IOException {
    Path source = Files.writeString(root.resolve("Service.java"), program());
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    StringWriter said = new StringWriter();
    List<String> options =
        List.of("-Xlint:all", "-Werror", "-cp", System.getProperty("java.class.path"));
    try (var files = compiler.getStandardFileManager(null, null, null)) {
      boolean ok =
          compiler
              .getTask(said, files, null, options, null, files.getJavaFileObjects(source))
              .call();
      assertThat(ok).as(said.toString()).isTrue();
    }
    return root;
  }

  private static String program() throws IOException {
    String project = System.getProperty("shedlab.project", "..");
    String readme = Files.readString(Path.of(project, "strategies/README.md"));
    Matcher block = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL).matcher(readme);
    assertThat(block.find()).isTrue();
    return block.group(1);
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
