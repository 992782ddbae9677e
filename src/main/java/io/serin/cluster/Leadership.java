package io.serin.cluster;

/** Whether this replica is the one that acts. */
public interface Leadership extends AutoCloseable {

  /**
   * Begins to lead or to apply for it. Not done by whoever makes a leadership: the callback that
   * follows writes at once, and may only once this object can be asked.
   */
  void start();

  /** Whether this replica may write now. Cheap; asked before every write. */
  boolean isLeader();

  /** Gives the lease back, if held, after the last write. */
  @Override
  void close();

  /**
   * The only replica: always the leader.
   *
   * @param onStart called by {@link #start}
   */
  static Leadership alone(Runnable onStart) {
    return new Leadership() {
      @Override
      public void start() {
        onStart.run();
      }

      @Override
      public boolean isLeader() {
        return true;
      }

      @Override
      public void close() {}
    };
  }
}
