/** The tick and its schedule: observe, decide, write the status, converge, tell. */
@NullMarked
package io.serin.rollout;

import org.jspecify.annotations.NullMarked;
