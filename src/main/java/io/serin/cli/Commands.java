package io.serin.cli;

import io.serin.api.GoDuration;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Every command of the command line, one line each. */
final class Commands {
  private Commands() {}

  /** The command line as it is shipped. */
  static CommandLine commandLine() {
    return commandLine(
        List.of(
            ControllerCommand.commandLine(new ControllerCommand(new LiveController())),
            new DemoCommand(),
            new ReplayCommand(),
            new TestCommand(),
            new CheckCommand(),
            new ExplainCommand(),
            new RecordCommand()));
  }

  /**
   * A command line with these commands.
   *
   * @param commands objects annotated with {@code @Command}, or a {@link CommandLine} around one
   */
  static CommandLine commandLine(List<Object> commands) {
    CommandLine line = new CommandLine(new SerinCommand());
    commands.forEach(line::addSubcommand);
    return configured(line);
  }

  // Last, because picocli hands settings down to the commands that are there.
  private static CommandLine configured(CommandLine line) {
    return line.registerConverter(Duration.class, Commands::duration)
        .registerConverter(Boolean.class, Commands::bool)
        .registerConverter(boolean.class, Commands::bool)
        .registerConverter(LogLevel.class, refusing(LogLevel::of))
        .registerConverter(LogEncoding.class, refusing(LogEncoding::of))
        .registerConverter(Long.class, Commands::whole)
        .registerConverter(Instant.class, Commands::time)
        .registerConverter(Path.class, Commands::path)
        .setExpandAtFiles(false)
        .setParameterExceptionHandler(ErrorLine::wrongUsage)
        .setExecutionExceptionHandler(ErrorLine::failed);
  }

  private static Duration duration(String text) {
    return GoDuration.tryParse(text)
        .orElseThrow(
            () ->
                new TypeConversionException(
                    "'" + text + "' is no duration; write for example 30s, 1m30s or 500ms"));
  }

  private static Long whole(String text) {
    try {
      return Long.valueOf(text);
    } catch (NumberFormatException _) {
      throw new TypeConversionException("'" + text + "' is no whole number");
    }
  }

  private static Instant time(String text) {
    try {
      return Instant.parse(text);
    } catch (DateTimeParseException _) {
      throw new TypeConversionException(
          "'" + text + "' is no time; write for example 2026-03-02T10:00:00Z");
    }
  }

  /** An empty path would be the current directory; it is a variable that was not set. */
  private static Path path(String text) {
    if (text.isBlank()) {
      throw new TypeConversionException("the path is empty; name a file or directory");
    }
    try {
      return Path.of(text);
    } catch (InvalidPathException _) {
      throw new TypeConversionException("'" + text + "' is no path");
    }
  }

  // The words that Go's flag package takes.
  private static Boolean bool(String text) {
    return switch (text) {
      case "1", "t", "T", "true", "TRUE", "True" -> true;
      case "0", "f", "F", "false", "FALSE", "False" -> false;
      default -> throw new TypeConversionException("'" + text + "' is neither true nor false");
    };
  }

  private static <T> ITypeConverter<T> refusing(ITypeConverter<T> converter) {
    return text -> {
      try {
        return converter.convert(text);
      } catch (IllegalArgumentException e) {
        throw new TypeConversionException(e.getMessage());
      }
    };
  }
}
