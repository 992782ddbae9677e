/**
 * The only room that talks to Kubernetes: caches fed by watches, the converger that writes what
 * differs, events and leases. Everything else sees {@link io.serin.api.World} and {@link Cluster}.
 */
@NullMarked
package io.serin.cluster;

import org.jspecify.annotations.NullMarked;
