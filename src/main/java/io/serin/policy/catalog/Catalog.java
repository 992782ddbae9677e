package io.serin.policy.catalog;

import io.serin.api.Canary;
import io.serin.api.PolicyMode;
import io.serin.api.PromotionPolicyStatus;
import io.serin.api.World;
import io.serin.policy.Choice;
import io.serin.policy.Policy;
import io.serin.policy.PolicyChooser;
import io.serin.policy.PolicyException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Every policy that is known, and what became of it. Versions are compiled and tested on an
 * executor, never on the thread of a tick; until one is ready, the last good one decides.
 * Thread-safe.
 */
public final class Catalog implements PolicyChooser {

  /** Versions that are remembered; more than policies of most clusters, few enough for the heap. */
  private static final int REMEMBERED = 64;

  private static final Logger log = LoggerFactory.getLogger(Catalog.class);

  private static final Comparator<PolicyState> BY_KEY =
      Comparator.comparing((PolicyState state) -> state.key().namespace())
          .thenComparing(state -> state.key().name())
          .thenComparing(state -> state.key().origin());

  /** In the order in which they are preferred; replaced as a whole, so that ticks take no lock. */
  private volatile List<PolicyState> states = List.of();

  private final List<Listener> listeners = new CopyOnWriteArrayList<>();

  /** The newest versions of all policies, so that ticks that they decided can be explained. */
  private final Deque<Policy> recent = new ConcurrentLinkedDeque<>();

  private final Policy fallback;
  private final Function<PolicyDefinition, Policy> loader;
  private final LastGood lastGood;
  private final Executor executor;
  private final BooleanSupplier complete;
  private final InstantSource clock;

  /**
   * A catalog with nothing but the default policy.
   *
   * @param fallback decides about canaries that no policy is for
   * @param loader compiles and tests a version; throws {@link PolicyException} when it is refused
   * @param lastGood what an earlier process found good
   * @param executor where versions are compiled
   * @param complete whether every policy of the cluster has been offered; until then canaries hold
   * @param clock for when a policy was last used
   */
  public Catalog(
      Policy fallback,
      Function<PolicyDefinition, Policy> loader,
      LastGood lastGood,
      Executor executor,
      BooleanSupplier complete,
      InstantSource clock) {
    this.fallback = fallback;
    this.loader = loader;
    this.lastGood = lastGood;
    this.executor = executor;
    this.complete = complete;
    this.clock = clock;
  }

  /** Hears of policies. */
  public interface Listener {

    /**
     * A version became active or was refused, or the policy went or was switched off. Changes that
     * follow each other closely may be told in another order: {@link Catalog#present} says what is.
     */
    void changed(PolicyState state);

    /** It decided; told now and then. */
    default void used(PolicyState state) {}
  }

  /** Calls back, on any thread. */
  public void listen(Listener listener) {
    listeners.add(listener);
  }

  /** The default policy. */
  public Policy fallback() {
    return fallback;
  }

  /** A policy came or changed. The same version offered again changes nothing. */
  public void offer(PolicyDefinition definition) {
    boolean off = definition.spec().mode() == PolicyMode.OFF;
    boolean[] fresh = {false};
    Optional<PolicyState> after =
        change(
            definition.key(),
            known -> {
              fresh[0] = known.isEmpty() || !known.get().newest().equals(definition);
              PolicyState state = known.orElseGet(() -> PolicyState.fresh(definition));
              return Optional.of(
                  !fresh[0] ? state : off ? state.off(definition) : state.compiling(definition));
            });
    if (fresh[0] && off) {
      after.ifPresent(this::tell);
    } else if (fresh[0]) {
      executor.execute(() -> settle(definition));
    }
  }

  /** A policy went. */
  public void withdraw(PolicyKey key) {
    Optional<PolicyState> gone = present(key);
    change(key, _ -> Optional.empty());
    gone.ifPresent(
        state -> {
          log.atInfo().addKeyValue("policy", key.toString()).log("policy withdrawn");
          listeners.forEach(listener -> listener.changed(state.off(state.newest())));
        });
  }

  /** Every policy by namespace and name, cluster policies first. */
  public List<PolicyState> states() {
    return states.stream().sorted(BY_KEY).toList();
  }

  /** What is known of a policy by now; empty when it is gone. */
  public Optional<PolicyState> present(PolicyKey key) {
    return states.stream().filter(state -> state.key().equals(key)).findFirst();
  }

  /**
   * The policy of that digest, also one that was active lately; the default one when it is no
   * longer known.
   */
  public Policy decided(String digest) {
    List<Policy> parts = new ArrayList<>();
    for (String part : digest.split("\\+", -1)) {
      active(part).ifPresent(parts::add);
    }
    return parts.isEmpty() ? fallback : parts.getFirst().joinedBy(parts.subList(1, parts.size()));
  }

  private Optional<Policy> active(String digest) {
    return Stream.concat(Stream.of(fallback), recent.stream())
        .filter(policy -> policy.digest().equals(digest))
        .findFirst();
  }

  private void remember(Policy policy) {
    recent.removeIf(known -> known.digest().equals(policy.digest()));
    recent.addFirst(policy);
    while (recent.size() > REMEMBERED) {
      recent.pollLast();
    }
  }

  @Override
  public Choice choose(Canary canary, World world) {
    Selection selection = new Selection(canary, world, states, fallback, complete.getAsBoolean());
    Choice choice = selection.choice();
    selection.deciding().forEach(this::used);
    return choice;
  }

  /** Replaces what is known of a policy; ticks see all of the change or nothing of it. */
  private synchronized Optional<PolicyState> change(
      PolicyKey key, UnaryOperator<Optional<PolicyState>> change) {
    List<PolicyState> all = new ArrayList<>(states);
    Optional<PolicyState> before = all.stream().filter(s -> s.key().equals(key)).findFirst();
    Optional<PolicyState> after = change.apply(before);
    before.ifPresent(all::remove);
    after.ifPresent(all::add);
    all.sort(Selection.PREFERRED);
    states = List.copyOf(all);
    return after;
  }

  private void settle(PolicyDefinition definition) {
    UnaryOperator<PolicyState> outcome = outcome(definition);
    // A newer version may have come, or the policy may have gone, while this one was compiled.
    Optional<PolicyState> after =
        change(
            definition.key(),
            known -> known.map(s -> s.newest().equals(definition) ? outcome.apply(s) : s));
    after.filter(state -> state.newest().equals(definition)).ifPresent(this::tell);
  }

  private UnaryOperator<PolicyState> outcome(PolicyDefinition definition) {
    try {
      Policy policy = load(definition);
      return state -> state.activated(policy);
    } catch (PolicyException e) {
      return hasActive(definition.key())
          ? state -> state.refused(e.findings())
          : restored(definition.key(), e.findings());
    }
  }

  private boolean hasActive(PolicyKey key) {
    return present(key).filter(state -> state.active() != null).isPresent();
  }

  /** Refused, but for what an earlier process found good. */
  private UnaryOperator<PolicyState> restored(PolicyKey key, List<String> why) {
    Optional<PolicyDefinition> kept = lastGood.find(key);
    if (kept.isEmpty()) {
      return state -> state.refused(why);
    }
    try {
      Policy policy = load(kept.get());
      log.atInfo().addKeyValue("policy", key.toString()).log("an earlier version is taken up");
      return state -> state.restored(new PolicyState.Active(kept.get().spec(), policy), why);
    } catch (PolicyException e) {
      List<String> all = new ArrayList<>(why);
      e.findings().forEach(finding -> all.add("the version that was kept: " + finding));
      return state -> state.refused(all);
    }
  }

  /**
   * Waits for it.
   *
   * @throws PolicyException when it cannot be used, whatever the reason
   */
  private Policy load(PolicyDefinition definition) {
    try {
      Policy policy = loader.apply(definition);
      remember(policy);
      return policy;
    } catch (PolicyException e) {
      throw e;
    } catch (RuntimeException | LinkageError e) {
      log.atError()
          .setCause(e)
          .addKeyValue("policy", definition.key().toString())
          .log("not loaded");
      throw new PolicyException(List.of("it cannot be loaded: " + e));
    }
  }

  private void tell(PolicyState state) {
    var line = state.findings().isEmpty() ? log.atInfo() : log.atWarn();
    line.addKeyValue("policy", state.key().toString())
        .addKeyValue("mode", state.newest().spec().mode().wireName())
        .addKeyValue("digest", state.digest())
        .addKeyValue("findings", state.findings())
        .log("policy {}", state.stage().name().toLowerCase(Locale.ROOT));
    listeners.forEach(listener -> listener.changed(state));
  }

  private void used(PolicyState state) {
    Instant now = clock.instant();
    Instant before = state.lastUsed();
    if (before == null || !before.plus(PromotionPolicyStatus.USE_TOLD).isAfter(now)) {
      change(state.key(), known -> known.map(present -> present.used(now)))
          .ifPresent(after -> listeners.forEach(listener -> listener.used(after)));
    }
  }
}
