/** One outbound HTTP call: the webhooks of an analysis. */
@NullMarked
package io.serin.webhook;

import org.jspecify.annotations.NullMarked;
