package shedlab.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.awt.image.BufferedImage;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.jspecify.annotations.Nullable;

/**
 * A headless Chromium with one page, by the DevTools protocol. One thread.
 *
 * <p>Not Selenium: this needs a dozen commands, and no driver whose version has to fit the browser.
 */
public final class Browser implements AutoCloseable {
  private static final JsonMapper JSON = new JsonMapper();
  private static final long PATIENCE_SECONDS = 60;
  private static final int STRETCH = 4_000;

  private final Process process;
  private final WebSocket socket;
  private final BlockingQueue<JsonNode> inbox = new LinkedBlockingQueue<>();
  private final List<String> complaints = new ArrayList<>();
  private final List<String> requests = new ArrayList<>();
  private String session = "";
  private int lastId;
  private boolean scripts = true;

  private Browser(Process process, URI devTools) {
    this.process = process;
    this.socket =
        HttpClient.newHttpClient()
            .newWebSocketBuilder()
            .buildAsync(devTools, new Listener(inbox))
            .join();
  }

  /** The browser's program, or null if this machine has none. */
  public static @Nullable Path installed() {
    return Stream.of(System.getenv().getOrDefault("PATH", "").split(":", -1))
        .flatMap(
            folder -> Stream.of(Path.of(folder, "chromium"), Path.of(folder, "chromium-browser")))
        .filter(Files::isExecutable)
        .findFirst()
        .orElse(null);
  }

  public static Browser start(Path program, Path profile) throws IOException {
    Process process =
        new ProcessBuilder(
                program.toString(),
                "--headless=new",
                "--no-sandbox", // root in a container cannot use the sandbox
                "--disable-gpu",
                "--disable-dev-shm-usage",
                "--hide-scrollbars",
                "--no-first-run",
                "--disable-background-networking",
                "--remote-debugging-port=0",
                "--user-data-dir=" + profile,
                "about:blank")
            .redirectErrorStream(true)
            .start();
    BufferedReader said = process.inputReader(StandardCharsets.UTF_8);
    String prefix = "DevTools listening on ";
    for (String line = said.readLine(); line != null; line = said.readLine()) {
      if (line.startsWith(prefix)) {
        var browser = new Browser(process, URI.create(line.substring(prefix.length())));
        browser.attach();
        return browser;
      }
    }
    throw new IOException(program + " ended before it listened");
  }

  private void attach() {
    JsonNode targets = send("Target.getTargets", Map.of()).get("targetInfos");
    String page = "";
    for (JsonNode target : targets) {
      page = target.get("type").asText().equals("page") ? target.get("targetId").asText() : page;
    }
    session =
        send("Target.attachToTarget", Map.of("targetId", page, "flatten", true))
            .get("sessionId")
            .asText();
    for (String domain : List.of("Page", "Runtime", "Log", "Network")) {
      send(domain + ".enable", Map.of());
    }
  }

  /** A window of this size, and whether the reader's system is dark. */
  public void window(int width, int height, boolean dark) {
    send(
        "Emulation.setDeviceMetricsOverride",
        Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", width < 600));
    send(
        "Emulation.setEmulatedMedia",
        Map.of(
            "features",
            List.of(Map.of("name", "prefers-color-scheme", "value", dark ? "dark" : "light"))));
  }

  /** Lays the page out for paper, as printing does; {@link #window} takes it back. */
  public void paper() {
    run("dispatchEvent(new Event('beforeprint'))");
    send("Emulation.setEmulatedMedia", Map.of("media", "print"));
  }

  /** Whether pages opened from now on may run scripts. */
  public void scripts(boolean allowed) {
    scripts = allowed;
    send("Emulation.setScriptExecutionDisabled", Map.of("value", !allowed));
  }

  /** Opens a page anew and waits until its scripts have run. */
  public void open(String url) {
    send("Page.navigate", Map.of("url", "about:blank"));
    await("location.href === 'about:blank'");
    complaints.clear();
    requests.clear();
    send("Page.navigate", Map.of("url", url));
    String ready = scripts ? " && !!document.documentElement.dataset.ready" : "";
    await("location.href !== 'about:blank' && document.readyState === 'complete'" + ready);
  }

  /** The value of an expression, or of the promise that it returns. */
  public JsonNode run(String expression) {
    JsonNode answer =
        send(
            "Runtime.evaluate",
            Map.of("expression", expression, "returnByValue", true, "awaitPromise", true));
    if (answer.has("exceptionDetails")) {
      throw new IllegalStateException(expression + ": " + answer.get("exceptionDetails"));
    }
    return answer.get("result").path("value");
  }

  private void await(String condition) {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    while (!run(condition).asBoolean()) {
      if (System.nanoTime() > end) {
        throw new IllegalStateException("not within " + PATIENCE_SECONDS + " s: " + condition);
      }
    }
  }

  /** Errors and warnings of the console since the page was opened. */
  public List<String> complaints() {
    return complaints;
  }

  /** Requests to the network or the disk since then, without data URLs. */
  public List<String> requests() {
    return requests;
  }

  /** A picture of the whole page, combined from parts that the browser can draw. */
  public BufferedImage wholePage() throws IOException {
    int width = run("document.documentElement.clientWidth").asInt();
    int height = run("document.documentElement.scrollHeight").asInt();
    var whole = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    for (int y = 0; y < height; y += STRETCH) {
      Map<String, Integer> clip =
          Map.of(
              "x", 0, "y", y, "width", width, "height", Math.min(STRETCH, height - y), "scale", 1);
      byte[] png = png(Map.of("clip", clip), true);
      whole.getGraphics().drawImage(ImageIO.read(new ByteArrayInputStream(png)), 0, y, null);
    }
    return whole;
  }

  /** A picture of an element as a reader sees it. */
  public BufferedImage picture(String selector) throws IOException {
    JsonNode box =
        run(
            "(e => { e.scrollIntoView({block: 'center'}); const r = e.getBoundingClientRect();"
                + " return {x: r.x + scrollX, y: r.y + scrollY, width: r.width, height: r.height,"
                + " scale: 1}; })("
                + selector
                + ")");
    return ImageIO.read(new ByteArrayInputStream(png(Map.of("clip", box), false)));
  }

  /** A picture of the whole page. */
  public byte[] picture() {
    return png(Map.of(), true);
  }

  private byte[] png(Map<String, ?> more, boolean beyondViewport) {
    var parameters = new java.util.HashMap<String, Object>(more);
    parameters.put("captureBeyondViewport", beyondViewport);
    String data = send("Page.captureScreenshot", parameters).get("data").asText();
    return Base64.getDecoder().decode(data);
  }

  private JsonNode send(String method, Map<String, ?> parameters) {
    ObjectNode message = JSON.createObjectNode().put("id", ++lastId).put("method", method);
    message.set("params", JSON.valueToTree(parameters));
    if (!session.isEmpty()) {
      message.put("sessionId", session);
    }
    socket.sendText(message.toString(), true).join();
    while (true) {
      JsonNode next;
      try {
        next = inbox.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
      if (next == null) {
        throw new IllegalStateException("no answer to " + method);
      }
      if (next.path("id").asInt() == lastId) {
        if (next.has("error")) {
          throw new IllegalStateException(method + ": " + next.get("error"));
        }
        return next.get("result");
      }
      heard(next);
    }
  }

  private void heard(JsonNode event) {
    JsonNode what = event.path("params");
    switch (event.path("method").asText()) {
      case "Runtime.exceptionThrown" -> complaints.add(what.toString());
      case "Runtime.consoleAPICalled" -> {
        if (List.of("error", "warning", "assert").contains(what.get("type").asText())) {
          complaints.add(what.get("args").toString());
        }
      }
      case "Log.entryAdded" -> complaints.add(what.get("entry").toString());
      case "Network.requestWillBeSent" -> {
        String url = what.get("request").get("url").asText();
        if (!url.startsWith("data:")) {
          requests.add(url);
        }
      }
      default -> {}
    }
  }

  @Override
  public void close() {
    socket.abort();
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
    try {
      process.waitFor(10, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Puts whole messages into the inbox. */
  private static final class Listener implements WebSocket.Listener {
    private final BlockingQueue<JsonNode> inbox;
    private final StringBuilder partial = new StringBuilder();

    Listener(BlockingQueue<JsonNode> inbox) {
      this.inbox = inbox;
    }

    @Override
    public @Nullable CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
      partial.append(data);
      if (last) {
        try {
          inbox.add(JSON.readTree(partial.toString()));
        } catch (IOException e) {
          throw new IllegalStateException(e);
        }
        partial.setLength(0);
      }
      socket.request(1);
      return null;
    }
  }
}
