/** Measures checks: built-in queries, inline queries and MetricTemplates, one file per provider. */
@NullMarked
package io.serin.metric;

import org.jspecify.annotations.NullMarked;
