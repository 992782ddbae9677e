package io.serin.rollout;

import io.serin.api.KubeObject;
import io.serin.api.Names;
import io.serin.api.ObjectRef;
import io.serin.api.World;
import io.serin.cluster.Cluster;
import io.serin.metric.Meter;
import io.serin.policy.PolicyChooser;
import io.serin.webhook.Webhooks;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * Looks after all canaries: turns changes of the cluster into ticks and runs each when it is due.
 * Safe for use by any thread.
 */
public final class Controller implements AutoCloseable {

  private static final int COOKIE_LETTERS = 10;
  private static final String ALPHABET = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";

  private final World world;
  private final RolloutOptions options;
  private final List<Teller> tellers;
  private final Tick tick;
  private final Scheduler scheduler;
  private final Dependents dependents = new Dependents();
  private final Map<ObjectRef, Memory> memories = new ConcurrentHashMap<>();
  private final FleetView fleet = new FleetView();

  /** Rollouts that wait for others, such as for a place in the fleet or for a dependency. */
  private final Set<ObjectRef> waiting = ConcurrentHashMap.newKeySet();

  /**
   * @param cluster where the canaries live
   * @param rooms how objects look
   * @param options settings
   * @param policies says which policy decides about a canary
   * @param webhooks calls webhooks
   * @param meter measures checks
   * @param tellers who is told about each tick
   * @param clock the time
   * @param speed how many times faster than the wall clock that clock runs; 1 but for
   *     demonstrations
   */
  public Controller(
      Cluster cluster,
      Rooms rooms,
      RolloutOptions options,
      PolicyChooser policies,
      Webhooks webhooks,
      Meter meter,
      List<Teller> tellers,
      InstantSource clock,
      double speed) {
    this.world = cluster.world();
    this.options = options;
    this.tellers = List.copyOf(tellers);
    this.tick =
        new Tick(
            cluster,
            new Observer(rooms, options, fleet),
            new Desired(rooms),
            policies,
            new Transition(Controller::letters),
            webhooks,
            meter,
            tellers,
            clock);
    this.scheduler = new Scheduler(this::run, speed);
  }

  /** Begins with every Canary that the caches hold, spread over the jitter. */
  public void start() {
    List<KubeObject> canaries = canaries("");
    canaries.forEach(canary -> fleet.update(canary.ref(), canary));
    for (KubeObject canary : canaries) {
      long spread = ThreadLocalRandom.current().nextLong(options.jitter().toMillis() + 1);
      scheduler.wakeAfter(canary.ref(), Duration.ofMillis(spread));
    }
  }

  /** The rules changed: what was waiting may go on, what was free may have to wait. */
  public void policiesChanged() {
    canaries("").forEach(canary -> scheduler.wake(canary.ref()));
  }

  /** An object came, changed or went. */
  public void changed(ObjectRef ref) {
    if (!ref.kind().equals(Names.CANARY)) {
      dependents.of(ref).forEach(scheduler::wake);
      return;
    }
    KubeObject canary = world.get(ref);
    boolean moved = fleet.update(ref, canary);
    if (canary != null) {
      scheduler.wake(ref);
    } else {
      gone(ref);
    }
    if (moved) {
      wakeWaiting(ref);
    }
  }

  /** Own writes come back to nobody, so whoever waits for this canary is woken here. */
  private void wakeWaiting(ObjectRef moved) {
    for (ObjectRef other : waiting) {
      if (!other.equals(moved)) {
        scheduler.wake(other);
      }
    }
  }

  /** Rollouts that have a timer; idle ones have none. */
  public int timers() {
    return scheduler.timers();
  }

  /** Ticks that run at this moment. */
  public int running() {
    return scheduler.running();
  }

  /** Starts no further tick and waits for the running ones. */
  @Override
  public void close() {
    scheduler.close();
  }

  private @Nullable Duration run(ObjectRef ref) {
    KubeObject object = world.get(ref);
    if (object != null && !object.annotation(Names.SLOT).equals(options.slot())) {
      return null;
    }
    Memory memory = memories.computeIfAbsent(ref, _ -> new Memory());
    Tick.Result result = tick.run(ref, memory);
    if (result == null) {
      forget(ref);
      return null;
    }
    dependents.replace(ref, result.reads());
    if (result.waits()) {
      waiting.add(ref);
    } else {
      waiting.remove(ref);
    }
    KubeObject after = world.get(ref);
    if (fleet.update(ref, after)) {
      wakeWaiting(ref);
    }
    if (after == null) {
      // It went during the tick, perhaps by it; what the tick left behind came after the news.
      gone(ref);
      return null;
    }
    return result.next();
  }

  private void gone(ObjectRef ref) {
    forget(ref);
    canaries(ref.namespace()).forEach(other -> scheduler.wake(other.ref()));
  }

  private void forget(ObjectRef ref) {
    scheduler.forget(ref);
    dependents.forget(ref);
    memories.remove(ref);
    waiting.remove(ref);
    tellers.forEach(teller -> teller.forget(ref.namespace(), ref.name()));
  }

  private List<KubeObject> canaries(String namespace) {
    return world.list(Names.FLAGGER_API_VERSION, Names.CANARY, namespace);
  }

  private static String letters() {
    SecureRandom random = new SecureRandom();
    StringBuilder letters = new StringBuilder();
    for (int i = 0; i < COOKIE_LETTERS; i++) {
      letters.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
    }
    return letters.toString();
  }
}
