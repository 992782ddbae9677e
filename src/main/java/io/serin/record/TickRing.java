package io.serin.record;

import io.serin.api.Canary;
import io.serin.api.KubeObject;
import io.serin.rollout.Teller;
import io.serin.rollout.TickRecord;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The last ticks of each rollout, in memory, for those who ask why. Bounded for each rollout and
 * over all of them: when there are too many, the rollout with the most kept ticks loses its oldest.
 * Thread-safe.
 */
public final class TickRing implements Teller {

  /** Ticks that are kept of a rollout. */
  public static final int OF_ONE = 200;

  /** Ticks that are kept of all rollouts together; some kilobytes each. */
  public static final int OF_ALL = 2000;

  private static final Comparator<ArrayDeque<TickRecord>> LONGEST_THEN_OLDEST =
      Comparator.<ArrayDeque<TickRecord>>comparingInt(ArrayDeque::size)
          .reversed()
          .thenComparing(ring -> ring.getFirst().at());

  private final int most;
  private final int mostOfAll;
  private final Map<String, ArrayDeque<TickRecord>> rings = new TreeMap<>();
  private int kept;

  /** With the usual bounds. */
  public TickRing() {
    this(OF_ONE, OF_ALL);
  }

  /**
   * @param most ticks kept per rollout, at least 1
   * @param mostOfAll ticks kept over all rollouts, at least 1
   */
  public TickRing(int most, int mostOfAll) {
    if (most < 1 || mostOfAll < 1) {
      throw new IllegalArgumentException(
          "ring of " + Math.min(most, mostOfAll) + " ticks is too small; keep at least 1");
    }
    this.most = most;
    this.mostOfAll = mostOfAll;
  }

  @Override
  public void tell(KubeObject object, Canary canary, TickRecord record) {
    add(record);
  }

  @Override
  public synchronized void forget(String namespace, String name) {
    ArrayDeque<TickRecord> ring = rings.remove(namespace + "/" + name);
    kept -= ring == null ? 0 : ring.size();
  }

  /** Keeps a tick and drops an old one when there are too many. */
  public synchronized void add(TickRecord tick) {
    ArrayDeque<TickRecord> ring = rings.computeIfAbsent(tick.canary(), _ -> new ArrayDeque<>());
    ring.addLast(tick);
    kept++;
    if (ring.size() > most) {
      dropOldest(ring);
    } else if (kept > mostOfAll) {
      dropOldest(rings.values().stream().min(LONGEST_THEN_OLDEST).orElse(ring));
    }
  }

  /** The newest tick of every rollout, by namespace and name. */
  public synchronized List<TickRecord> newest() {
    return rings.values().stream().map(ArrayDeque::getLast).toList();
  }

  /**
   * The kept ticks of a rollout, oldest first.
   *
   * @param canary {@code namespace/name}
   */
  public synchronized List<TickRecord> ticks(String canary) {
    ArrayDeque<TickRecord> ring = rings.get(canary);
    return ring == null ? List.of() : List.copyOf(ring);
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

  private void dropOldest(ArrayDeque<TickRecord> ring) {
    TickRecord oldest = Objects.requireNonNull(ring.removeFirst());
    kept--;
    if (ring.isEmpty()) {
      rings.remove(oldest.canary());
    }
  }
}
