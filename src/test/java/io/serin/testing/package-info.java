/**
 * What tests of several rooms share: a cluster in memory ({@link FakeWorld}), records with a
 * difference ({@link Records}), and real backends: an API server with etcd, a Prometheus, and what
 * stands in for the parts of a cluster that are not there. A backend is started once it is asked
 * for, writes its logs below {@code target/}, and is gone with the JVM. Tests that need one are
 * skipped where it cannot be had, unless {@code SERIN_REQUIRE_REAL} names it ({@code kube}, {@code
 * prometheus}; separated by commas): then they fail.
 */
@NullMarked
package io.serin.testing;

import org.jspecify.annotations.NullMarked;
