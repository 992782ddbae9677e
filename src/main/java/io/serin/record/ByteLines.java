package io.serin.record;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** The lines of a stream as bytes, so that nothing is decoded that nobody looks at. */
final class ByteLines {

  private final InputStream source;
  private byte[] bytes = new byte[1 << 15];
  private int from;
  private int lineFeed = -1;
  private int filled;

  /**
   * What is filled, a character for each byte: texts are searched many at a time, arrays are not.
   */
  private String text = "";

  ByteLines(InputStream source) {
    this.source = source;
  }

  /** Goes to the next line; false when there is none. */
  boolean next() throws IOException {
    from = Math.min(lineFeed + 1, filled);
    lineFeed = find(from);
    while (lineFeed == filled && fill()) {
      lineFeed = find(lineFeed);
    }
    return lineFeed < filled || lineFeed > from;
  }

  private int find(int first) {
    int at = text.indexOf('\n', first);
    return at < 0 ? filled : at;
  }

  /** The line without its line feed. */
  byte[] copy() {
    return Arrays.copyOfRange(bytes, from, lineFeed);
  }

  boolean blank() {
    for (int i = from; i < lineFeed; i++) {
      if (bytes[i] > ' ' || bytes[i] < 0) {
        return false;
      }
    }
    return true;
  }

  private boolean fill() throws IOException {
    if (from > 0) {
      System.arraycopy(bytes, from, bytes, 0, filled - from);
      filled -= from;
      lineFeed -= from;
      from = 0;
    }
    if (filled == bytes.length) {
      bytes = Arrays.copyOf(bytes, 2 * filled);
    }
    int more = source.read(bytes, filled, bytes.length - filled);
    filled += Math.max(0, more);
    text = new String(bytes, 0, filled, StandardCharsets.ISO_8859_1);
    return more > 0;
  }
}
