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
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Every policy that is known, and what became of it. Versions are compiled and tested on an
 * executor, never on the thread of a tick; until one is ready, the last good one decides.
 * Thread-safe.
 */
public final class Catalog implements PolicyChooser {

  private static final Logger log = LoggerFactory.getLogger(Catalog.class);

  private static final Comparator<PolicyState> BY_KEY =
      Comparator.comparing((PolicyState state) -> state.key().namespace())
          .thenComparing(state -> state.key().name())
          .thenComparing(state -> state.key().origin());

  private final Map<PolicyKey, PolicyState> states = new ConcurrentHashMap<>();
  private final List<Listener> listeners = new CopyOnWriteArrayList<>();
  private final Policy fallback;
  private final Function<PolicyDefinition, Policy> loader;
  private final Executor executor;
  private final BooleanSupplier complete;
  private final InstantSource clock;

  /**
   * A catalog with nothing but the default policy.
   *
   * @param fallback decides about canaries that no policy is for
   * @param loader compiles and tests a version; throws {@link PolicyException} when it is refused
   * @param executor where that is done
   * @param complete whether every policy of the cluster has been offered; until then canaries hold
   * @param clock for when a policy was last used
   */
  public Catalog(
      Policy fallback,
      Function<PolicyDefinition, Policy> loader,
      Executor executor,
      BooleanSupplier complete,
      InstantSource clock) {
    this.fallback = fallback;
    this.loader = loader;
    this.executor = executor;
    this.complete = complete;
    this.clock = clock;
  }

  /** Hears of policies. */
  public interface Listener {

    /** A version became active or was refused, or the policy went or was switched off. */
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
    PolicyState known = states.get(definition.key());
    if (known != null && known.newest().equals(definition)) {
      return;
    }
    if (definition.spec().mode() == PolicyMode.OFF) {
      tell(update(definition.key(), definition, state -> state.off(definition)));
      return;
    }
    update(definition.key(), definition, state -> state.compiling(definition));
    executor.execute(() -> load(definition));
  }

  /** A policy went. */
  public void withdraw(PolicyKey key) {
    PolicyState gone = states.remove(key);
    if (gone != null) {
      log.atInfo().addKeyValue("policy", key.toString()).log("policy withdrawn");
      listeners.forEach(listener -> listener.changed(gone.off(gone.newest())));
    }
  }

  /** Every policy by namespace and name, cluster policies first. */
  public List<PolicyState> states() {
    return states.values().stream().sorted(BY_KEY).toList();
  }

  /** The active policy of that digest, or the default one when it is active no more. */
  public Policy decided(String digest) {
    List<Policy> parts = new ArrayList<>();
    for (String part : digest.split("\\+", -1)) {
      active(part).ifPresent(parts::add);
    }
    return parts.isEmpty() ? fallback : parts.getFirst().joinedBy(parts.subList(1, parts.size()));
  }

  private Optional<Policy> active(String digest) {
    return Stream.concat(
            Stream.of(fallback),
            states.values().stream()
                .flatMap(state -> Stream.ofNullable(state.active()))
                .map(PolicyState.Active::policy))
        .filter(policy -> policy.digest().equals(digest))
        .findFirst();
  }

  @Override
  public Choice choose(Canary canary, World world) {
    Collection<PolicyState> known = states.values();
    Selection selection = new Selection(canary, world, known, fallback, complete.getAsBoolean());
    Choice choice = selection.choice();
    selection.deciding().forEach(this::used);
    return choice;
  }

  private PolicyState update(
      PolicyKey key, PolicyDefinition definition, Function<PolicyState, PolicyState> change) {
    PolicyState after =
        states.compute(
            key, (_, state) -> change.apply(state == null ? PolicyState.fresh(definition) : state));
    return Objects.requireNonNull(after);
  }

  private void load(PolicyDefinition definition) {
    Function<PolicyState, PolicyState> outcome = outcome(definition);
    // A newer version may have come, or the policy may have gone, while this one was compiled.
    PolicyState after =
        states.computeIfPresent(
            definition.key(),
            (_, state) -> state.newest().equals(definition) ? outcome.apply(state) : state);
    if (after != null && after.newest().equals(definition)) {
      tell(after);
    }
  }

  private Function<PolicyState, PolicyState> outcome(PolicyDefinition definition) {
    try {
      Policy policy = loader.apply(definition);
      return state -> state.activated(policy);
    } catch (PolicyException e) {
      return state -> state.refused(e.findings());
    } catch (RuntimeException | LinkageError e) {
      log.atError()
          .setCause(e)
          .addKeyValue("policy", definition.key().toString())
          .log("not loaded");
      return state -> state.refused(List.of("it cannot be loaded: " + e));
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

  private void used(PolicyKey key) {
    Instant now = clock.instant();
    PolicyState state = states.get(key);
    if (state == null) {
      return;
    }
    Instant before = state.lastUsed();
    if (before == null || !before.plus(PromotionPolicyStatus.USE_TOLD).isAfter(now)) {
      PolicyState after = states.computeIfPresent(key, (_, present) -> present.used(now));
      if (after != null) {
        listeners.forEach(listener -> listener.used(after));
      }
    }
  }
}
