package io.serin.record;

import io.serin.rollout.TickRecord;

/** Reads the lines of a recording. Thread-safe. */
@FunctionalInterface
interface TickReader {

  /**
   * Reads a line.
   *
   * @param line bytes that hold it, as UTF-8
   * @param from where it begins in them
   * @param length its length in bytes
   * @throws RecordingException when it is not a tick of a version that is understood
   */
  TickRecord read(byte[] line, int from, int length);
}
