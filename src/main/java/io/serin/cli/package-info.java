/**
 * The command line: one class per command, which turns options into one call and prints its result.
 *
 * <p>To add a command, write a class with picocli's {@code @Command} that implements {@code
 * Callable<Integer>} and returns one of {@link ExitCode}, and add it to the list in {@link
 * Commands#commandLine()}. It prints through {@code spec.commandLine().getOut()}, never to {@code
 * System.out}; it reports wrong usage by a {@link picocli.CommandLine.ParameterException} and
 * everything else by any exception whose message names the thing, its value and the next step.
 * {@link ErrorLine} prints either.
 */
@NullMarked
package io.serin.cli;

import org.jspecify.annotations.NullMarked;
