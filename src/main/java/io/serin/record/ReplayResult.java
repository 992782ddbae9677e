package io.serin.record;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What came out of recordings, in one of the ways to look at them. */
public sealed interface ReplayResult permits Replay.Result, Comparison.Result, WhatIf.Result {

  /** Number of recorded rollouts. */
  int recordings();

  /** Something is not as it was recorded, or cannot be told. */
  boolean differs();

  /** Lines that could not be read, one line each. */
  List<String> problems();

  /** The shard that this is the result of; null for the result of all recordings. */
  @Nullable Part part();
}
