/**
 * The vocabulary of the rules: what a policy may see (facts) and what it may want (verdicts).
 * Immutable records of numbers, texts and enums, a versioned API for the authors of policies: a
 * field is added freely, renamed never.
 *
 * <p>Weights are percent, 0 to 100. Times are seconds unless a name says otherwise. A fact that is
 * absent means "not known", never "no".
 */
@NullMarked
package io.serin.fact;

import org.jspecify.annotations.NullMarked;
