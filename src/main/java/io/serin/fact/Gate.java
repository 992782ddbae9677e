package io.serin.fact;

import io.serin.api.WebhookType;

/**
 * The answer of a webhook.
 *
 * @param name name of the webhook
 * @param type type of the webhook
 * @param order place in the canary's list, from 0
 * @param open it answered with success
 * @param muteAlert no alert while it is closed
 * @param answer what it said when it is closed: the body or the error, in one line
 */
public record Gate(
    String name, WebhookType type, int order, boolean open, boolean muteAlert, String answer) {}
