/**
 * One file per provider. A {@link Router} turns a wanted split of traffic into the provider's
 * objects and reads the split back from them. Pure: no client, no clock, no status of its own.
 */
@NullMarked
package io.serin.traffic;

import org.jspecify.annotations.NullMarked;
