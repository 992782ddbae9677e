/**
 * Tests of policies: YAML cases beside the DRL, what they cover, and their report for machines.
 * {@link io.serin.policy.testing.PolicyTests} is the way in.
 */
@NullMarked
package io.serin.policy.testing;

import org.jspecify.annotations.NullMarked;
