package io.serin.record;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/** Ends where its source fails, so that what was read before still counts. */
final class TornStream extends FilterInputStream {

  private @Nullable IOException failure;

  TornStream(InputStream source) {
    super(source);
  }

  /** Why it ended early, or null. */
  @Nullable IOException failure() {
    return failure;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    if (failure != null) {
      return -1;
    }
    try {
      return super.read(bytes, offset, length);
    } catch (IOException e) {
      failure = e;
      return -1;
    }
  }
}
