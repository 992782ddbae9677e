package io.serin.rollout;

import io.serin.api.Canary;
import io.serin.api.KubeObject;
import io.serin.api.Webhook;
import io.serin.api.WebhookType;
import io.serin.webhook.Answer;
import io.serin.webhook.Payload;
import io.serin.webhook.Webhooks;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells event webhooks: those of the canary, or else the global one. Calls of one canary keep their
 * order; they never delay a tick, and when a receiver is slower than the events come, the newest
 * are left out.
 */
public final class EventHookTeller implements Teller, AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(EventHookTeller.class);
  private static final int MOST_WAITING = 200;
  private static final Duration TIMEOUT = Duration.ofSeconds(10);

  private final Webhooks webhooks;
  private final String global;
  private final OrderedTasks queue = new OrderedTasks(MOST_WAITING);

  /**
   * @param global address for canaries without an event webhook of their own; empty for none
   */
  public EventHookTeller(Webhooks webhooks, String global) {
    this.webhooks = webhooks;
    this.global = global;
  }

  @Override
  public void tell(KubeObject object, Canary canary, TickRecord record) {
    List<Webhook> hooks = hooks(canary);
    if (hooks.isEmpty() || record.told().isEmpty()) {
      return;
    }
    if (!queue.offer(record.canary(), () -> send(canary, record, hooks))) {
      log.atWarn()
          .addKeyValue("canary", record.canary())
          .log("event webhooks are too slow; events left out");
    }
  }

  /** What waits is still sent if that does not take long. */
  @Override
  public void close() {
    queue.close();
  }

  private List<Webhook> hooks(Canary canary) {
    List<Webhook> own = canary.analysis().webhooks(WebhookType.EVENT);
    if (!own.isEmpty() || global.isEmpty()) {
      return own;
    }
    return List.of(
        new Webhook("global", WebhookType.EVENT, global, TIMEOUT, 0, false, false, Map.of()));
  }

  private void send(Canary canary, TickRecord record, List<Webhook> hooks) {
    for (Told told : record.told()) {
      for (Webhook hook : hooks) {
        send(canary, record, told, hook);
      }
    }
  }

  private void send(Canary canary, TickRecord record, Told told, Webhook hook) {
    Payload payload =
        new Payload(
                canary.name(),
                canary.namespace(),
                canary.status().phase().wireName(),
                Checksum.of(canary.status()),
                hook.metadata())
            .asEvent(told.message(), told.warning() ? "Warning" : "Normal", record.at());
    Because because = told.because();
    Answer answer =
        webhooks.call(
            hook, because == null ? payload : payload.because(because.rule(), because.line()));
    if (!answer.success()) {
      log.atWarn()
          .addKeyValue("canary", record.canary())
          .addKeyValue("hook", hook.name())
          .log("error sending event to webhook: {}", answer.text());
    }
  }
}
