@NullMarked
package io.serin;

import org.jspecify.annotations.NullMarked;
