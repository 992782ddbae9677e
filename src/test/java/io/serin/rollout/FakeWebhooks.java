package io.serin.rollout;

import io.serin.api.Webhook;
import io.serin.webhook.Answer;
import io.serin.webhook.Payload;
import io.serin.webhook.Webhooks;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Hooks that answer as the test says; success unless told otherwise. */
final class FakeWebhooks implements Webhooks {

  private final Map<String, Answer> answers = new HashMap<>();
  private final Map<String, Runnable> events = new HashMap<>();
  private final List<String> calls = Collections.synchronizedList(new ArrayList<>());

  FakeWebhooks refuse(String hook) {
    answers.put(hook, new Answer(false, "no"));
    return this;
  }

  FakeWebhooks allow(String hook) {
    answers.put(hook, new Answer(true, ""));
    return this;
  }

  /** What happens in the world while a hook is called. */
  FakeWebhooks during(String hook, Runnable event) {
    events.put(hook, event);
    return this;
  }

  /** Calls so far as {@code name phase}. */
  List<String> calls() {
    return calls;
  }

  @Override
  public Answer call(Webhook hook, Payload payload) {
    calls.add(hook.name() + " " + payload.phase());
    events.getOrDefault(hook.name(), () -> {}).run();
    return answers.getOrDefault(hook.name(), new Answer(true, ""));
  }
}
