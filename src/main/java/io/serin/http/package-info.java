/**
 * Outbound HTTP: shared, pooled clients whose calls always end within a limit and never read more
 * of an answer than asked. Webhooks, alerts and metric providers speak through it; it knows none of
 * them.
 */
@NullMarked
package io.serin.http;

import org.jspecify.annotations.NullMarked;
