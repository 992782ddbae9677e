package io.serin.rollout;

import io.serin.api.Canary;
import io.serin.api.CanaryStatus;
import io.serin.api.KubeObject;
import io.serin.api.ObjectRef;
import io.serin.api.Phase;
import io.serin.api.WebhookType;
import io.serin.cluster.Cluster;
import io.serin.cluster.ClusterException;
import io.serin.cluster.ConflictException;
import io.serin.fact.Gate;
import io.serin.fact.Problem;
import io.serin.fact.Verdict;
import io.serin.metric.Meter;
import io.serin.policy.Choice;
import io.serin.policy.Decision;
import io.serin.policy.PolicyChooser;
import io.serin.policy.ShadowPolicy;
import io.serin.webhook.Webhooks;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One tick of one rollout: observe, decide, transition, write the status, converge, tell. Whatever
 * happens in between, the next tick heals it, because the intent is stored before anything follows
 * it.
 */
final class Tick {

  private static final Logger log = LoggerFactory.getLogger(Tick.class);
  private static final Duration RETRY = Duration.ofSeconds(5);

  /** How soon an idle rollout that waits looks at what it has repaired. */
  private static final Duration REPAIRED = Duration.ofSeconds(2);

  /** The effect that makes all others repeatable. */
  private static final String STATUS = "status";

  /** How soon to look again whether the caches are filled; looking costs no request. */
  private static final Duration UNSYNCED = Duration.ofSeconds(2);

  private final Cluster cluster;
  private final Observer observer;
  private final Desired desired;
  private final PolicyChooser policies;
  private final Transition transition;
  private final Webhooks webhooks;
  private final Meter meter;
  private final List<Teller> tellers;
  private final InstantSource clock;

  Tick(
      Cluster cluster,
      Observer observer,
      Desired desired,
      PolicyChooser policies,
      Transition transition,
      Webhooks webhooks,
      Meter meter,
      List<Teller> tellers,
      InstantSource clock) {
    this.cluster = cluster;
    this.observer = observer;
    this.desired = desired;
    this.policies = policies;
    this.transition = transition;
    this.webhooks = webhooks;
    this.meter = meter;
    this.tellers = List.copyOf(tellers);
    this.clock = clock;
  }

  /**
   * What a tick leaves behind.
   *
   * @param next when the next one is wanted; null for none before something changes
   * @param reads the objects that it looked at
   * @param waits it waits for other canaries to move
   */
  record Result(@Nullable Duration next, Set<ObjectRef> reads, boolean waits) {}

  /** Runs a tick; null when the Canary is gone. */
  @Nullable Result run(ObjectRef ref, Memory memory) {
    ReadTracker world = new ReadTracker(cluster.world());
    KubeObject object = world.get(ref);
    if (object == null) {
      return null;
    }
    Instant now = clock.instant();
    Canary before = Canary.of(object);
    Choice choice = policies.choose(before, world);
    Observation observed = observer.observe(before, world, now, memory);
    LiveEvidence evidence = new LiveEvidence(before, webhooks, meter);
    Decision decision = choice.policy().decide(choice.joining(observed.facts()), evidence);
    Observation seen = observed.with(decision.facts());
    Context context = context(seen, decision, now);
    Transition.Outcome outcome = transition.apply(context, decision.verdict());
    List<Told> failures = new ArrayList<>();
    List<String> effects = new ArrayList<>();
    boolean done = carryOut(object, seen, outcome, effects, failures);
    if (done) {
      memory.history().saw(now, seen.facts(), decision.evidence());
    }
    if (done && seen.facts().rollout().due()) {
      memory.stepped(now);
    }
    Canary after = Canary.of(current(object));
    List<Told> told = new ArrayList<>();
    if (outcome.status().equals(before.status()) || effects.contains(STATUS)) {
      told.addAll(Narrator.tell(context, decision, outcome));
      told.addAll(postRollout(after, decision, outcome.verdict()));
    } else {
      outcome = notStored(before);
    }
    told.addAll(failures);
    tell(memory, seen, decision, choice.shadows(), outcome, after, effects, told, now);
    Waiting waiting = Waiting.of(decision);
    Duration next = done ? next(seen, outcome, waiting) : RETRY;
    if (next == null && outcome.verdict() instanceof Verdict.Hold && !effects.isEmpty()) {
      // Own writes wake nobody, and what was waited for may be what was just written.
      next = REPAIRED;
    }
    return new Result(
        next == null ? null : left(now.plus(next)), world.reads(), waiting.forOthers());
  }

  /** What is not stored has not happened: nobody is told of it, and the next tick decides anew. */
  private static Transition.Outcome notStored(Canary before) {
    String reason = "the status could not be written";
    return new Transition.Outcome(before.status(), new Verdict.Hold(reason), reason);
  }

  private Context context(Observation seen, Decision decision, Instant now) {
    boolean affine =
        seen.router() != null
            && seen.router()
                .capabilities(seen.canary())
                .contains(io.serin.traffic.Capability.SESSION_AFFINITY);
    return new Context(
        seen.canary(),
        seen.plan(),
        seen.facts(),
        decision.evidence(),
        seen.configs().problems().isEmpty()
            ? seen.configs().checksums()
            : seen.canary().status().trackedConfigs(),
        affine,
        now);
  }

  /** Status first, then the world. Whatever fails is told and tried again. */
  private boolean carryOut(
      KubeObject object,
      Observation seen,
      Transition.Outcome outcome,
      List<String> effects,
      List<Told> told) {
    try {
      CanaryStatus status = outcome.status();
      if (!status.equals(seen.canary().status())) {
        cluster.writeStatus(object, status);
        effects.add(STATUS);
      }
      List<Effect> wanted = desired.of(seen, status, outcome.verdict(), cluster.world());
      effects.addAll(new Converger(cluster).converge(wanted));
      return true;
    } catch (ConflictException e) {
      log.atDebug()
          .addKeyValue("canary", seen.canary().name())
          .log("write conflict: {}", e.getMessage());
      return false;
    } catch (ClusterException e) {
      told.add(Told.warning("WriteFailed", String.valueOf(e.getMessage())).onlyOnce());
      return false;
    }
  }

  private KubeObject current(KubeObject object) {
    KubeObject now = cluster.world().get(object.ref());
    return now == null ? object : now;
  }

  private List<Told> postRollout(Canary after, Decision decision, Verdict verdict) {
    List<Told> told = new ArrayList<>();
    switch (verdict) {
      case Verdict.Succeed _, Verdict.PromoteUnanalysed _, Verdict.Rollback _, Verdict.Strand _ -> {
        LiveEvidence hooks = new LiveEvidence(after, webhooks, meter);
        for (Gate gate : hooks.callAll(WebhookType.POST_ROLLOUT, after.status().phase())) {
          told.add(Narrator.postRollout(gate));
        }
        Told ending = Narrator.ending(after, verdict);
        if (ending != null) {
          told.add(ending.because(Because.of(decision.winner())));
        }
      }
      default -> {}
    }
    return told;
  }

  private void tell(
      Memory memory,
      Observation seen,
      Decision decision,
      List<ShadowPolicy> shadows,
      Transition.Outcome outcome,
      Canary after,
      List<String> effects,
      List<Told> told,
      Instant now) {
    Canary before = seen.canary();
    TickRecord record =
        new TickRecord(
            before.namespace() + "/" + before.name(),
            memory.nextTick(),
            now,
            decision.policy(),
            seen.facts(),
            decision.asked(),
            decision.evidence(),
            decision.proposals(),
            outcome.verdict(),
            outcome.refused(),
            decision.trouble(),
            Standing.of(before.status()),
            Standing.of(outcome.status()),
            effects,
            Told.explainedOnce(memory.unheard(told, outcome.status())),
            Duration.between(now, clock.instant()),
            null,
            shadows.stream().map(shadow -> shadow.beside(decision)).toList());
    KubeObject object = current(KubeObject.of(before.ref()));
    for (Teller teller : tellers) {
      teller.tell(object, after, record);
    }
  }

  /**
   * Idle rollouts want no timer, but for one that the calendar keeps from starting; one under way
   * comes again when its interval is over.
   */
  private @Nullable Duration next(
      Observation seen, Transition.Outcome outcome, Waiting waitingFor) {
    if (seen.facts().problems().stream().anyMatch(p -> p.kind() == Problem.Kind.UNSYNCED)) {
      return UNSYNCED;
    }
    Phase phase = outcome.status().phase();
    boolean stranded = phase == Phase.FAILED && outcome.status().canaryWeight() > 0;
    boolean waiting =
        phase == Phase.NONE
            || phase == Phase.INITIALIZING
            || phase == Phase.WAITING
            || phase == Phase.TERMINATING;
    if (outcome.verdict() instanceof Verdict.Suspend) {
      return null;
    }
    if (!(phase.isActive() || stranded || waiting)) {
      return waitingFor.time();
    }
    Duration interval = seen.canary().analysis().interval();
    boolean moved = !outcome.status().equals(seen.canary().status());
    if (moved || seen.facts().rollout().due()) {
      return interval;
    }
    return Duration.ofSeconds(Math.max(1, seen.facts().rollout().secondsUntilDue()));
  }

  /** A tick may have taken long; the next one is due counted from its start. */
  private Duration left(Instant due) {
    Duration left = Duration.between(clock.instant(), due);
    return left.isNegative() ? Duration.ZERO : left;
  }
}
