package shedlab.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import shedlab.spec.SpecException;

/** Recordings as files and as texts. */
class TraceTest {
  @TempDir private Path folder = Path.of("");

  private Trace read(String content) throws IOException {
    return Trace.read(Files.writeString(folder.resolve("trace.csv"), content).toString());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0,2\n100,1\n400,0.5\n",
        "time_us,size\n0,2\n100,1\n400,0.5\n",
        "\uFEFFtime_us,size\r\n00,2.000\r\n100,01\r\n400,0.50\r\n\r\n \r\n",
        "0,2\n100,1\n400,0.5"
      })
  void aFileMayHaveSizesAndNameItsColumns(String content) throws IOException {
    Trace trace = read(content);

    assertThat(trace.text()).isEqualTo("time_us,size\n0,2\n100,1\n400,0.5\n");
    assertThat(trace.isSized()).isTrue();
    assertThat(trace.size()).isEqualTo(3);
    assertThat(trace.ratePerSecond()).isEqualTo(2 / 0.0004);
  }

  @Test
  void aNameOfTheOnlyColumnChangesNothing() throws IOException {
    Trace named = read("time_us\n5\n5\n900\n");

    assertThat(named.text()).isEqualTo("5\n5\n900\n");
    assertThat(named.isSized()).isFalse();
    assertThat(named.digest()).isEqualTo(read("5\r\n5\r\n900").digest());
  }

  @Test
  void anotherTimeOrAnotherSizeIsAnotherRecording() throws IOException {
    String one = read("0,1\n100,2\n").digest();

    assertThat(read("0,1\n101,2\n").digest()).isNotEqualTo(one);
    assertThat(read("0,1\n100,3\n").digest()).isNotEqualTo(one);
    assertThat(read("0\n100\n").digest()).isNotEqualTo(one);
    assertThat(read("0,1.0\n100,2.00\n").digest()).isEqualTo(one);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      ignoreLeadingAndTrailingWhitespace = false,
      value = {
        "~100\n90\n~|2: time: 90 (expected: whole microseconds, not before the line above)",
        "~time_us\n100\n90\n~|3: time: 90 (expected: whole microseconds, not before the line above)",
        "~100\n-5\n~|2: time: -5 (expected: whole microseconds, not before the line above)",
        "~100\nNaN\n~|2: time: NaN (expected: whole microseconds, not before the line above)",
        "~100\n\n200\n~|2: time: (empty) (expected: whole microseconds, not before the line above)",
        "~100\n200.5\n~|2: time: 200.5 (expected: whole microseconds, not before the line above)",
        "~-1\n200\n~|1: line: -1 (expected: time_us, time_us,size or whole microseconds)",
        "~time;size\n1;2\n~|1: line: time;size (expected: time_us, time_us,size or whole microsec",
        "~time,path\n1,\"/a,b\"\n~|1: line: time,path (expected: time_us, time_us,size or whole mi",
        "~100,1\n200,0\n~|2: size: 0 (expected: a number above 0 of up to 7 digits, and 6 after the",
        "~100,1\n200,-2\n~|2: size: -2 (expected: a number above 0 of up to 7 digits",
        "~100,1\n200,NaN\n~|2: size: NaN (expected: a number above 0 of up to 7 digits",
        "~100,1\n200,1e3\n~|2: size: 1e3 (expected: a number above 0 of up to 7 digits",
        "~100,1\n200,1,5\n~|2: size: 1,5 (expected: a number above 0 of up to 7 digits",
        "~100,1\n200\n~|2: line: 200 (expected: a time and a size, as in the first line)",
        "~100\n200,2\n~|2: line: 200,2 (expected: a time alone, as in the first line)",
        "~time_us,size\n100\n~|2: line: 100 (expected: a time and a size, as in the first line)",
        "~100\n\"200\"\n~|2: time: \"200\" (expected: whole microseconds",
        "~100\n 200\n~|2: time:  200 (expected: whole microseconds",
      })
  void whatIsNoRequestIsNamedWithFileAndLine(String content, String message) {
    assertThatThrownBy(() -> read(content))
        .isInstanceOf(SpecException.class)
        .message()
        .startsWith(folder.resolve("trace.csv") + ":" + message)
        .hasLineCount(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "\uFEFF", "\n\n", "time_us\n", "time_us,size\n", "7\n", "7\n7\n"})
  void aFileOfFewerThanTwoTimesIsRefused(String content) {
    assertThatThrownBy(() -> read(content))
        .hasMessage(
            "trace: " + folder.resolve("trace.csv") + " (expected: at least two different times)");
  }

  @Test
  void aFolderAndAFileThatIsNotThereAreRefused() {
    for (String file : new String[] {folder.toString(), folder.resolve("none").toString()}) {
      assertThatThrownBy(() -> Trace.read(file))
          .hasMessage("trace: " + file + " (expected: a readable file)");
    }
  }

  /** Any recording: its file, its text and what is made of either are the same. */
  @Test
  void whatIsWrittenIsReadBack() throws IOException {
    Random random = new Random(19);
    for (int run = 0; run < 200; run++) {
      Trace trace = any(random);

      Trace ofFile = read(trace.text());
      assertThat(ofFile.text()).isEqualTo(trace.text());
      ArrivalProcess process = ArrivalProcess.of(trace);
      ArrivalProcess ofText = ArrivalProcess.parse(process.whole());
      assertThat(ofText).isEqualTo(process).hasToString("trace:sha256=" + ofFile.digest());
      assertThat(ofText.whole()).isEqualTo(process.whole());
    }
  }

  private static Trace any(Random random) {
    long[] micros = new long[2 + random.nextInt(50)];
    for (int i = 1; i < micros.length; i++) {
      micros[i] = micros[i - 1] + (random.nextInt(4) == 0 ? 0 : random.nextInt(1 << 20));
    }
    micros[micros.length - 1]++;
    Trace plain = Trace.of("chance", micros);
    return random.nextBoolean()
        ? plain
        : plain.sized(
            Arrays.stream(micros).mapToDouble(t -> Math.exp(5 * random.nextGaussian())).toArray());
  }

  @Test
  void sizesHaveAMeanOf1WhateverTheirUnit() {
    Trace trace = Trace.of("test", new long[] {0, 10, 20, 30});

    Trace sized = trace.sized(new double[] {30, 10, 20, 20});

    assertThat(sized.text()).isEqualTo("time_us,size\n0,1.5\n10,0.5\n20,1\n30,1\n");
    assertThat(new double[] {sized.work(0), sized.work(1), sized.work(2)})
        .containsExactly(new double[] {1.5, 0.5, 1}, within(1e-9));
    assertThat(trace.work(0)).isEqualTo(1);
  }
}
