package io.serin.metric;

/** Speaks the protocol of one kind of metric server. Made for each question, so cheap to make. */
interface Provider {

  /** Asks for one number; never throws and always ends within its time-outs. */
  Reading query(Query query);

  /** Why the server cannot be used, in one line; empty when it answers. */
  String offline();

  /** Makes providers of one kind. */
  @FunctionalInterface
  interface Factory {

    /**
     * Prepares to ask a server, sends nothing.
     *
     * @throws MetricException when the address or the credentials cannot be used
     */
    Provider open(Backend backend);
  }
}
