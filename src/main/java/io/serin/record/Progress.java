package io.serin.record;

/** Is told how far a long run is. Called by several threads. */
@FunctionalInterface
public interface Progress {

  /** Nobody wants to know. */
  Progress NONE = (_, _) -> {};

  /**
   * A file is done.
   *
   * @param done files done so far
   * @param total all files
   */
  void at(int done, int total);
}
