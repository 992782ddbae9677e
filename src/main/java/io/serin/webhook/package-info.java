/**
 * One outbound HTTP call: the webhooks of an analysis. Body, results and retries are Flagger's, so
 * every gate and load tester made for Flagger works here.
 */
@NullMarked
package io.serin.webhook;

import org.jspecify.annotations.NullMarked;
