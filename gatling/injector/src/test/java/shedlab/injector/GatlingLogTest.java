package shedlab.injector;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Logs written here byte by byte; those that Gatling writes are read in InjectorMainTest. */
final class GatlingLogTest {
  @TempDir
  @SuppressWarnings("NullAway.Init") // by JUnit
  private Path folder;

  private GatlingLog read(byte[] bytes) throws IOException {
    return GatlingLog.read(Files.write(folder.resolve("simulation.log"), bytes));
  }

  private static byte[] log(String version) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(bytes);
    out.writeByte(0);
    string(out, version, ISO_8859_1);
    string(out, "shedlab.WorkSimulation", ISO_8859_1);
    out.writeLong(1_700_000_000_000L);
    out.writeInt(0); // no description
    out.writeInt(1);
    string(out, "work", ISO_8859_1);
    out.writeInt(1);
    out.writeInt(3);
    out.write(new byte[3]);
    user(out, 1);
    request(out, true, 2, "");
    request(out, false, 3, "found 429");
    request(out, false, -3, "");
    request(out, false, 4, "Zeit\u00fcberschreitung \u2013 1 s");
    user(out, 0);
    out.writeByte(3); // group
    out.writeInt(1);
    out.writeInt(5);
    string(out, "group", ISO_8859_1);
    out.write(new byte[3 * 4 + 1]);
    out.writeByte(4);
    out.writeInt(6);
    string(out, "crash", ISO_8859_1);
    out.writeInt(77);
    return bytes.toByteArray();
  }

  private static void user(DataOutputStream out, int start) throws IOException {
    out.writeByte(2);
    out.writeInt(0);
    out.writeByte(start);
    out.writeInt(10);
  }

  private static void request(DataOutputStream out, boolean ok, int index, String message)
      throws IOException {
    out.writeByte(1);
    out.writeInt(0);
    boolean first = ok;
    out.writeInt(first ? 1 : -1);
    if (first) {
      string(out, "work", ISO_8859_1);
    }
    out.writeInt(10);
    out.writeInt(12);
    out.writeBoolean(ok);
    out.writeInt(index);
    if (index > 0) {
      string(out, message, message.contains("\u2013") ? UTF_16LE : ISO_8859_1);
    }
  }

  private static void string(DataOutputStream out, String text, Charset coding) throws IOException {
    byte[] bytes = text.getBytes(coding);
    out.writeInt(bytes.length);
    if (bytes.length > 0) {
      out.write(bytes);
      out.writeByte(coding.equals(ISO_8859_1) ? 0 : 1);
    }
  }

  @Test
  void requestsAndReasonsAreCounted() throws IOException {
    GatlingLog log = read(log("3.15.1"));

    assertThat(log.ok()).isEqualTo(1);
    assertThat(log.ko()).isEqualTo(3);
    assertThat(log.koMessages())
        .containsEntry("found 429", 2L)
        .containsEntry("Zeit\u00fcberschreitung \u2013 1 s", 1L)
        .hasSize(2);
    assertThat(log.errors()).containsEntry("crash", 1L).hasSize(1);
    assertThat(log.truncated()).isFalse();
  }

  @Test
  void aTruncatedLogCountsItsCompleteRecords() throws IOException {
    byte[] whole = log("3.15.1");
    GatlingLog log = read(Arrays.copyOf(whole, whole.length - 2));

    assertThat(log.truncated()).isTrue();
    assertThat(log.ko()).isEqualTo(3);
    assertThat(log.errors()).isEmpty();
  }

  @Test
  void anotherVersionIsRefused() {
    assertThatThrownBy(() -> read(log("3.16.0")))
        .isInstanceOf(IOException.class)
        .hasMessage("simulation.log: Gatling 3.16.0 (expected: Gatling 3.15.1)");
  }

  @Test
  void whatIsNoLogIsRefused() {
    assertThatThrownBy(() -> read(new byte[] {9, 9}))
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith("simulation.log: no run record");
  }

  @Test
  void theVersionIsTheOneOnTheClassPath() {
    assertThat(io.gatling.commons.util.GatlingVersion.ThisVersion().fullVersion())
        .isEqualTo(GatlingLog.VERSION);
  }
}
