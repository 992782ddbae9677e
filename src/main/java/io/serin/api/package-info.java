/**
 * The resources users write, as records: Canary, MetricTemplate and AlertProvider of {@code
 * flagger.app/v1beta1}, and {@link io.serin.api.KubeObject} for any other Kubernetes object.
 * Reading never fails on a stored object: what cannot be used is reported as a {@link
 * io.serin.api.Finding} and replaced by its default. Depends on no other room.
 */
@NullMarked
package io.serin.api;

import org.jspecify.annotations.NullMarked;
