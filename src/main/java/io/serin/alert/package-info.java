/**
 * Alerts: what people are told in chat rooms, by an Alertmanager or by any HTTP server. One file
 * for each kind of receiver says how an alert looks there; {@code HttpAlerts} sends it, one
 * outbound call each.
 */
@NullMarked
package io.serin.alert;

import org.jspecify.annotations.NullMarked;
