package io.serin.webhook;

import io.serin.api.Webhook;

/** Calls webhooks. */
public interface Webhooks {

  /** Calls one, retries included; never throws and always ends within the hook's time-outs. */
  Answer call(Webhook hook, Payload payload);
}
