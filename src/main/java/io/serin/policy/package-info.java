/**
 * DRL in, verdict out. A policy is compiled once ({@link PolicyCompiler}), loaded behind a class
 * loader that knows only what rules need ({@link Policy}), and then decides any number of ticks,
 * from any thread. It does no I/O: what rules ask for comes from the caller's {@link
 * EvidenceSource}.
 */
@NullMarked
package io.serin.policy;

import org.jspecify.annotations.NullMarked;
