/**
 * What is kept of rollouts and what can be learned from it. {@link RecordingWriter} appends the
 * decision record of each tick to a file per run, {@link TickRing} keeps the last ones in memory,
 * {@link Recordings} reads files back, {@link Replay} decides recorded ticks again with another
 * policy, {@link Comparison} tells what two policies would have made of whole rollouts, and {@link
 * WhatIf} simulates them under another one. The format is described in {@code docs/recordings.md}.
 */
@NullMarked
package io.serin.record;

import org.jspecify.annotations.NullMarked;
