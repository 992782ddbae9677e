package io.serin.record;

/** Is told how far a long run is. Called by several threads, not always in order. */
@FunctionalInterface
public interface Progress {

  /** Nobody wants to know. */
  Progress NONE = (_, _) -> {};

  /**
   * Something more was read.
   *
   * @param done bytes of recordings read so far, as they are on disk
   * @param total bytes of all recordings
   */
  void at(long done, long total);
}
