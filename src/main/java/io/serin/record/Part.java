package io.serin.record;

import java.util.List;

/**
 * Which part of all recordings a result is about, so that the results of all shards can be put
 * together in the order of the recordings.
 *
 * @param index which shard, from 0
 * @param of number of shards, at least 1
 * @param files what each file of the shard gave, in their order
 */
public record Part(int index, int of, List<OfFile> files) {

  /** Copies the list. */
  public Part {
    files = List.copyOf(files);
  }

  /**
   * What one file gave.
   *
   * @param rollouts number of recorded rollouts in it
   * @param problems number of lines that could not be read
   */
  public record OfFile(int rollouts, int problems) {}
}
