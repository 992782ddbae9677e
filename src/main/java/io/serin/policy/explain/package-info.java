/** Why a policy decided what it decided, in words, for people and for machines. */
@NullMarked
package io.serin.policy.explain;

import org.jspecify.annotations.NullMarked;
