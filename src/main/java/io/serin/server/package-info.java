/**
 * What Serin answers over HTTP: metrics for Prometheus, the health probe, and whatever read-only
 * routes other rooms hand in. Nothing here changes a rollout.
 */
@NullMarked
package io.serin.server;

import org.jspecify.annotations.NullMarked;
