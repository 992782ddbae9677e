package io.serin.fact;

import io.serin.api.WebhookType;

/**
 * A webhook that the canary declares. Its answer, once asked for, is a {@link Gate}.
 *
 * @param name name of the webhook
 * @param type when it wants to be asked
 * @param order place in the canary's list, from 0; the hooks of one type are asked in this order
 * @param muteAlert no alert while it is closed
 */
public record Hook(String name, WebhookType type, int order, boolean muteAlert) {}
