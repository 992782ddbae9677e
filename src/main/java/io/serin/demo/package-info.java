/**
 * A cluster to watch on one machine: an embedded Kubernetes API, stand-ins for the Deployment
 * controller and the gateway, pods that are real HTTP servers on loopback, metrics counted from the
 * requests that they answer, and the story of a good and a bad release told on top of it.
 */
@NullMarked
package io.serin.demo;

import org.jspecify.annotations.NullMarked;
