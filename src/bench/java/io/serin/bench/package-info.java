/** JMH benchmarks of the policy engine; see docs/benchmarks.md for how to run them. */
@org.jspecify.annotations.NullMarked
package io.serin.bench;
