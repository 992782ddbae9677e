package io.serin.fact;

import io.serin.api.Phase;

/**
 * Another Canary that this one waits for, named in its annotation {@code serin.dev/depends-on}.
 *
 * @param namespace namespace of the other Canary
 * @param name name of the other Canary
 * @param phase phase in its status; NONE when there is no such Canary
 * @param ready it serves its target's present revision: Initialized or Succeeded, and nothing newer
 *     waits to be rolled out
 * @param reason why it is not ready, or empty
 */
public record Dependency(
    String namespace, String name, Phase phase, boolean ready, String reason) {}
