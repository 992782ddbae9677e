package io.serin.record;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.function.LongConsumer;

/** Tells how many bytes were read. */
final class CountedStream extends FilterInputStream {

  private final LongConsumer bytes;

  CountedStream(InputStream source, LongConsumer bytes) {
    super(source);
    this.bytes = bytes;
  }

  @Override
  public int read() throws IOException {
    int one = super.read();
    if (one >= 0) {
      bytes.accept(1);
    }
    return one;
  }

  @Override
  public int read(byte[] into, int offset, int length) throws IOException {
    int count = super.read(into, offset, length);
    if (count > 0) {
      bytes.accept(count);
    }
    return count;
  }
}
