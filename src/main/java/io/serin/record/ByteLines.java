package io.serin.record;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/** The lines of a stream as bytes, so that nothing is decoded that nobody looks at. */
final class ByteLines {

  private final InputStream source;
  private byte[] bytes = new byte[1 << 14];
  private int from;
  private int lineFeed = -1;
  private int filled;

  ByteLines(InputStream source) {
    this.source = source;
  }

  /** Goes to the next line; false when there is none. */
  boolean next() throws IOException {
    from = Math.min(lineFeed + 1, filled);
    lineFeed = from;
    while (lineFeed < filled || fill()) {
      if (bytes[lineFeed] == '\n') {
        return true;
      }
      lineFeed++;
    }
    return lineFeed > from;
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
    return more > 0;
  }
}
