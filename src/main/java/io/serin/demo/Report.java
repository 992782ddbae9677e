package io.serin.demo;

import io.serin.demo.Scenario.Act;
import io.serin.rollout.TickRecord;
import java.util.List;

/** Shows what happens. Called by one thread. */
interface Report extends AutoCloseable {

  /** Something that people should know. */
  void says(String line);

  /** A release begins. */
  void begins(Act act);

  /** A decision was taken. */
  void decided(TickRecord record);

  /** A rollout ended. */
  void ended(Ending ending);

  /** Called several times a second. */
  default void refresh() {}

  /** The story is over. */
  void finished(List<Ending> endings);

  @Override
  default void close() {}
}
