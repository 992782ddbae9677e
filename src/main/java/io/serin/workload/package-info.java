/**
 * The two copies of the application and what belongs to them: the primary derived from the target,
 * readiness, revisions, tracked configuration, Services and scalers. Pure.
 */
@NullMarked
package io.serin.workload;

import org.jspecify.annotations.NullMarked;
