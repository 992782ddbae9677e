package io.serin.rollout;

import io.serin.api.Canary;
import io.serin.api.KubeObject;
import io.serin.cluster.Cluster;
import io.serin.cluster.Event;

/** Tells people by Kubernetes events on the Canary. */
public final class EventTeller implements Teller {

  private final Cluster cluster;

  /** Events go to this cluster. */
  public EventTeller(Cluster cluster) {
    this.cluster = cluster;
  }

  @Override
  public void tell(KubeObject object, Canary canary, TickRecord record) {
    for (Told told : record.told()) {
      Because because = told.because();
      cluster.emit(
          new Event(
              object,
              told.warning(),
              told.reason(),
              told.message(),
              because == null ? null : because.line()));
    }
  }
}
