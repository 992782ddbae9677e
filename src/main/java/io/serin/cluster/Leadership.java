package io.serin.cluster;

/** Whether this replica is the one that acts. */
public interface Leadership extends AutoCloseable {

  /** Whether this replica may write now. Cheap; asked before every write. */
  boolean isLeader();

  /** Gives the lease back, if held, after the last write. */
  @Override
  void close();

  /** The only replica: always the leader. */
  static Leadership alone() {
    return new Leadership() {
      @Override
      public boolean isLeader() {
        return true;
      }

      @Override
      public void close() {}
    };
  }
}
