/**
 * Where policies come from, which of their versions is active, and which of them decides about a
 * canary. {@link io.serin.policy.catalog.Catalog} is the way in: sources offer definitions to it,
 * ticks ask it for their choice.
 */
@NullMarked
package io.serin.policy.catalog;

import org.jspecify.annotations.NullMarked;
