package io.serin.rollout;

import io.serin.api.CanaryStatus;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the controller remembers of one rollout between ticks. After a restart it is empty:
 * something may be told twice, and what rules see of the {@link History} begins anew. Used by one
 * tick at a time.
 */
final class Memory {

  private final Set<String> told = new HashSet<>();
  private final History history = new History();
  private @Nullable Instant lastStep;
  private @Nullable Standing standing;
  private long ticks;

  long nextTick() {
    return ++ticks;
  }

  /**
   * When the interval was last used up by a tick that wrote nothing, such as one with a closed
   * gate.
   */
  @Nullable Instant lastStep() {
    return lastStep;
  }

  /** What earlier ticks saw. */
  History history() {
    return history;
  }

  void stepped(Instant at) {
    lastStep = at;
  }

  /** Leaves out what was told before the rollout moved, whatever the reason is now. */
  List<Told> unheard(List<Told> news, CanaryStatus status) {
    Standing now = Standing.of(status);
    if (standing == null || moved(standing, now)) {
      told.clear();
    }
    standing = now;
    List<Told> unheard = new ArrayList<>();
    for (Told one : news) {
      if (!one.once() || told.add(one.reason() + one.message())) {
        unheard.add(one);
      }
    }
    return unheard;
  }

  /** One more failed check is no move: a gate that was closed before it is still the same news. */
  private static boolean moved(Standing before, Standing now) {
    return before.phase() != now.phase()
        || before.weight() != now.weight()
        || before.iterations() != now.iterations()
        || before.failedChecks() > now.failedChecks();
  }
}
