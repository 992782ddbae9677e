/**
 * The change calendar: windows in which rollouts may go on and freezes in which they may not, read
 * from a ConfigMap and told to rules as facts. Pure: a text and an instant in, facts out.
 */
@NullMarked
package io.serin.calendar;

import org.jspecify.annotations.NullMarked;
