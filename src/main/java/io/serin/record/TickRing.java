package io.serin.record;

import io.serin.api.Canary;
import io.serin.api.KubeObject;
import io.serin.rollout.Teller;
import io.serin.rollout.TickRecord;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The last ticks of each rollout, in memory, for those who ask why. Thread-safe. */
public final class TickRing implements Teller {

  private final int most;
  private final Map<String, ArrayDeque<TickRecord>> rings = new ConcurrentHashMap<>();

  /**
   * @param most ticks kept per rollout, at least 1
   */
  public TickRing(int most) {
    if (most < 1) {
      throw new IllegalArgumentException(
          "ring of " + most + " ticks is too small; keep at least 1");
    }
    this.most = most;
  }

  @Override
  public void tell(KubeObject object, Canary canary, TickRecord record) {
    add(record);
  }

  @Override
  public void forget(String namespace, String name) {
    rings.remove(namespace + "/" + name);
  }

  /** Keeps a tick and drops the oldest of its rollout when there are too many. */
  public void add(TickRecord tick) {
    ArrayDeque<TickRecord> ring = rings.computeIfAbsent(tick.canary(), _ -> new ArrayDeque<>());
    synchronized (ring) {
      if (ring.size() == most) {
        ring.removeFirst();
      }
      ring.addLast(tick);
    }
  }

  /**
   * The kept ticks of a rollout, oldest first.
   *
   * @param canary {@code namespace/name}
   */
  public List<TickRecord> ticks(String canary) {
    ArrayDeque<TickRecord> ring = rings.get(canary);
    if (ring == null) {
      return List.of();
    }
    synchronized (ring) {
      return List.copyOf(ring);
    }
  }

  /** The tick of that number, or null when it is not kept. */
  public @Nullable TickRecord tick(String canary, long number) {
    return ticks(canary).stream().filter(t -> t.tick() == number).findFirst().orElse(null);
  }

  /** The newest tick, or null when there is none. */
  public @Nullable TickRecord last(String canary) {
    List<TickRecord> ticks = ticks(canary);
    return ticks.isEmpty() ? null : ticks.getLast();
  }
}
