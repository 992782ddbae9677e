package io.serin.policy;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/**
 * Loaded policies by content digest. Compiling takes seconds and much heap, so it happens in a pool
 * of its own, never more than a few at a time and never on the thread of a tick. A policy that was
 * refused stays refused: its digest gives the same answer without another attempt.
 */
public final class PolicyCache implements AutoCloseable {

  private final Map<String, CompletableFuture<Policy>> policies;
  private final ExecutorService compilers;
  private final Function<PolicySource, Policy> compile;

  /**
   * An empty cache.
   *
   * @param most policies to keep; the one that was not used for longest goes first
   * @param threads policies that are compiled at the same time
   */
  public PolicyCache(int most, int threads) {
    this(most, threads, Policy::of);
  }

  PolicyCache(int most, int threads, Function<PolicySource, Policy> compile) {
    this.compile = compile;
    policies =
        new LinkedHashMap<>(16, 0.75f, true) {
          @Override
          protected boolean removeEldestEntry(Map.Entry<String, CompletableFuture<Policy>> eldest) {
            return size() > most;
          }
        };
    var pool =
        new ThreadPoolExecutor(
            threads,
            threads,
            10,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(1_000),
            Thread.ofPlatform().name("policy-compiler-", 0).daemon().factory());
    pool.allowCoreThreadTimeOut(true);
    compilers = pool;
  }

  /**
   * The policy of that source, compiled at most once. Completes exceptionally with a {@link
   * PolicyException} when it cannot be used.
   */
  public CompletableFuture<Policy> get(PolicySource source) {
    synchronized (policies) {
      return policies.computeIfAbsent(
          source.digest(),
          digest -> CompletableFuture.supplyAsync(() -> compile.apply(source), compilers).copy());
    }
  }

  /** Puts a policy that was loaded elsewhere, such as the bundled one. */
  public void put(Policy policy) {
    synchronized (policies) {
      policies.put(policy.digest(), CompletableFuture.completedFuture(policy));
    }
  }

  /**
   * The policy of that source; waits for it.
   *
   * @throws PolicyException when it cannot be used
   */
  public Policy await(PolicySource source) {
    try {
      return get(source).join();
    } catch (CompletionException e) {
      throw e.getCause() instanceof PolicyException refused ? refused : e;
    }
  }

  @Override
  public void close() {
    compilers.shutdownNow();
  }
}
