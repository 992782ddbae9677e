package io.serin.record;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ByteLinesTest {

  @Test
  void aLineEndsWithALineFeedOrWithTheStream() throws IOException {
    assertThat(lines("one\ntwo")).containsExactly("one", "two");
    assertThat(lines("one\n\n \ntwo\n")).containsExactly("one", "", " ", "two");
    assertThat(lines("")).isEmpty();
  }

  @Test
  void linesLongerThanTheBufferAreWhole() throws IOException {
    String half = "x".repeat(50_000);
    String line = "ä".repeat(300_000);

    assertThat(lines(half + "\n" + line + "\n" + half)).containsExactly(half, line, half);
  }

  @Test
  void aLineOfWhiteSpaceIsBlank() throws IOException {
    ByteLines lines = of(" \t\r\n ä\n");

    assertThat(lines.next()).isTrue();
    assertThat(lines.blank()).isTrue();
    assertThat(lines.next()).isTrue();
    assertThat(lines.blank()).isFalse();
  }

  private static ByteLines of(String text) {
    return new ByteLines(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
  }

  /** From a stream that gives little at a time. */
  private static List<String> lines(String text) throws IOException {
    InputStream slow =
        new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)) {
          @Override
          public synchronized int read(byte[] bytes, int from, int length) {
            return super.read(bytes, from, Math.min(length, 7_001));
          }
        };
    ByteLines lines = new ByteLines(slow);
    List<String> all = new ArrayList<>();
    while (lines.next()) {
      all.add(new String(lines.copy(), StandardCharsets.UTF_8));
    }
    return all;
  }
}
