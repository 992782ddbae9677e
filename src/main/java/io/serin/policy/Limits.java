package io.serin.policy;

import java.time.Duration;
import java.util.List;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * How much a decision may cost. A policy over a limit holds, and says which limit it was.
 *
 * <p>Rules of the profile cannot loop: they never change the facts, so each combination of facts
 * fires a rule once, and the number of combinations is counted before anything fires. The deadline
 * is therefore looked at between firings only; no thread is ever interrupted. Time that passes
 * while evidence is gathered does not count.
 *
 * @param facts facts and evidence that the rules may see in one tick
 * @param combinations combinations of these facts that rules may have to try, counted from what
 *     they join, at the very worst
 * @param firings rules that may fire in one tick
 * @param rounds rounds of evidence in one tick
 * @param time time that rules may take in one tick
 * @param nanoTime the clock of the deadline, in nanoseconds
 */
public record Limits(
    int facts, long combinations, int firings, int rounds, Duration time, LongSupplier nanoTime) {

  /** What every policy gets unless told otherwise. */
  public static final Limits DEFAULT =
      new Limits(1_000, 2_000_000, 10_000, 100, Duration.ofSeconds(5), System::nanoTime);

  Budget budget() {
    return new Budget(this);
  }

  /** What one decision has used. */
  static final class Budget {

    private final Limits limits;
    private int facts;
    private int firings;
    private long spent;
    private long since;

    private Budget(Limits limits) {
      this.limits = limits;
    }

    void fact() {
      if (++facts > limits.facts) {
        throw over("more than " + limits.facts + " facts in one tick");
      }
    }

    void combinations(Combinations rules, int facts, Supplier<List<Object>> memory) {
      if (!rules.atMost(limits.combinations, facts)) {
        rules.check(memory.get(), limits.combinations);
      }
    }

    void firing() {
      if (++firings > limits.firings) {
        throw over("more than " + limits.firings + " rules fired in one tick");
      }
      if (spent + limits.nanoTime.getAsLong() - since > limits.time.toNanos()) {
        throw over("the rules took longer than " + limits.time.toMillis() + " ms");
      }
    }

    void resume() {
      since = limits.nanoTime.getAsLong();
    }

    void pause() {
      spent += limits.nanoTime.getAsLong() - since;
    }

    private static IllegalStateException over(String what) {
      return new IllegalStateException(what);
    }
  }
}
