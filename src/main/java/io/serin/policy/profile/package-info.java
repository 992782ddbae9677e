/**
 * The restricted profile: the part of DRL that a policy may use, and nothing else. DRL compiles to
 * Java, so everything that is not known to be harmless is refused, on the syntax tree and before
 * anything is compiled. What is compiled afterwards is printed from the checked tree, never the
 * author's text; whatever the profile does not understand cannot get through to the compiler.
 *
 * <p>The tree is also what coverage, explanations and checks reason about.
 */
@NullMarked
package io.serin.policy.profile;

import org.jspecify.annotations.NullMarked;
