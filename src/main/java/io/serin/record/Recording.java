package io.serin.record;

import io.serin.rollout.TickRecord;
import java.util.List;

/**
 * The ticks of one run of one canary.
 *
 * @param name name of its file without the ending; with {@code #2} and so on when the file holds
 *     several runs
 * @param ticks in the order of the file, at least one
 */
public record Recording(String name, List<TickRecord> ticks) {

  /** Copies the list. */
  public Recording {
    ticks = List.copyOf(ticks);
  }

  /** The run came to its end within the recording. */
  boolean finished() {
    return Runs.ends(ticks.getLast());
  }
}
