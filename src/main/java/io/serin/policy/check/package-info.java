/**
 * What can be said about a policy without running it on a cluster: rules that never fire, never win
 * or contradict each other, states without a decision, verdicts that a guard rail would refuse.
 * {@link io.serin.policy.check.PolicyCheck} is the way in.
 */
@NullMarked
package io.serin.policy.check;

import org.jspecify.annotations.NullMarked;
