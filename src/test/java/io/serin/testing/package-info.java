/**
 * Real backends for tests: an API server with etcd, a Prometheus, and what stands in for the parts
 * of a cluster that are not there. Each is started once it is asked for, writes its logs below
 * {@code target/}, and is gone with the JVM. Tests that need one are skipped where it cannot be
 * had, unless {@code SERIN_REQUIRE_REAL} names it ({@code kube}, {@code prometheus}; separated by
 * commas): then they fail.
 */
@NullMarked
package io.serin.testing;

import org.jspecify.annotations.NullMarked;
