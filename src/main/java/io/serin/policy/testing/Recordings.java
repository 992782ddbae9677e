package io.serin.policy.testing;

import io.serin.fact.Evidence;
import io.serin.fact.Facts;
import java.nio.file.Path;
import java.util.List;

/** Reads the recording of a rollout that a case names. */
@FunctionalInterface
public interface Recordings {

  /** For commands that know no recordings. */
  Recordings NONE =
      file -> {
        throw new CaseException("recording " + file + " cannot be read by this command");
      };

  /**
   * The ticks of a recording, the oldest first.
   *
   * @throws RuntimeException with one line for people when it cannot be read
   */
  List<RecordedTick> read(Path file);

  /**
   * A recorded tick.
   *
   * @param facts what the policy saw
   * @param evidence what was answered
   */
  record RecordedTick(Facts facts, Evidence evidence) {}
}
