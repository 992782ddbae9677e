package io.serin.rollout;

import io.serin.api.Canary;
import io.serin.api.Phase;
import io.serin.api.Webhook;
import io.serin.api.WebhookType;
import io.serin.fact.Evidence;
import io.serin.fact.Gate;
import io.serin.fact.Hook;
import io.serin.fact.Metric;
import io.serin.fact.Probe;
import io.serin.metric.Meter;
import io.serin.policy.Ask;
import io.serin.policy.EvidenceSource;
import io.serin.webhook.Answer;
import io.serin.webhook.Payload;
import io.serin.webhook.Webhooks;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Gathers evidence for one tick of one canary by asking the world, all questions of a round at the
 * same time.
 */
final class LiveEvidence implements EvidenceSource {

  private final Canary canary;
  private final Webhooks webhooks;
  private final Meter meter;

  LiveEvidence(Canary canary, Webhooks webhooks, Meter meter) {
    this.canary = canary;
    this.webhooks = webhooks;
    this.meter = meter;
  }

  @Override
  public Evidence gather(List<Ask> asks) {
    List<Object> answers =
        atOnce(asks.stream().<Callable<Object>>map(a -> () -> answer(a)).toList());
    List<Gate> gates = new ArrayList<>();
    List<Metric> metrics = new ArrayList<>();
    Probe probe = null;
    for (Object answer : answers) {
      switch (answer) {
        case Gate gate -> gates.add(gate);
        case Metric metric -> metrics.add(metric);
        case Probe one -> probe = one;
        default -> throw new IllegalStateException("not evidence: " + answer);
      }
    }
    return new Evidence(gates, metrics, probe);
  }

  /** Calls the hooks of a type in their order until one fails. */
  List<Gate> callAll(WebhookType type, Phase phase) {
    List<Gate> gates = new ArrayList<>();
    for (Hook hook : hooks(canary, type)) {
      Gate gate = call(hook, phase);
      gates.add(gate);
      if (!gate.open()) {
        break;
      }
    }
    return gates;
  }

  /** The hooks of a canary that rules may ask. */
  static List<Hook> hooks(Canary canary) {
    List<Hook> hooks = new ArrayList<>();
    List<Webhook> declared = canary.analysis().webhooks();
    for (int i = 0; i < declared.size(); i++) {
      Webhook webhook = declared.get(i);
      hooks.add(new Hook(webhook.name(), webhook.type(), i, webhook.muteAlert()));
    }
    return hooks;
  }

  private static List<Hook> hooks(Canary canary, WebhookType type) {
    return hooks(canary).stream().filter(h -> h.type() == type).toList();
  }

  private Object answer(Ask ask) {
    return switch (ask) {
      case Ask.Call call -> call(call.hook(), phaseOf(call.hook()));
      case Ask.Measure measure -> meter.measure(canary, measure.check().order());
      case Ask.ProbeProviders _ -> meter.probe(canary);
    };
  }

  private Gate call(Hook hook, Phase phase) {
    Webhook webhook = canary.analysis().webhooks().get(hook.order());
    Answer answer = webhooks.call(webhook, payload(webhook, phase));
    return new Gate(
        hook.name(), hook.type(), hook.order(), answer.success(), hook.muteAlert(), answer.text());
  }

  private Payload payload(Webhook webhook, Phase phase) {
    return new Payload(
        canary.name(),
        canary.namespace(),
        phase.wireName(),
        Checksum.of(canary.status()),
        webhook.metadata());
  }

  /**
   * Gates before and after a run see the present phase, those of an analysis always Progressing.
   */
  private Phase phaseOf(Hook hook) {
    return switch (hook.type()) {
      case CONFIRM_ROLLOUT, ROLLBACK, POST_ROLLOUT, EVENT -> canary.status().phase();
      case PRE_ROLLOUT, ROLLOUT, CONFIRM_TRAFFIC_INCREASE, CONFIRM_PROMOTION -> Phase.PROGRESSING;
    };
  }

  private static List<Object> atOnce(List<Callable<Object>> tasks) {
    try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Object> answers = new ArrayList<>();
      for (Future<Object> future : executor.invokeAll(tasks)) {
        answers.add(future.get());
      }
      return answers;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while gathering evidence", e);
    } catch (ExecutionException e) {
      throw new IllegalStateException("evidence could not be gathered: " + e.getCause(), e);
    }
  }
}
