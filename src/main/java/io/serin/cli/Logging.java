package io.serin.cli;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.OutputStreamAppender;
import ch.qos.logback.core.encoder.Encoder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Logging of a long-running process, to standard error. Serin's own loggers get the level asked
 * for; libraries never say less than a warning, whatever the level: Drools and the Kubernetes
 * client would fill the log at {@code debug}.
 */
public final class Logging {
  private static final String OURS = "io.serin";

  /** Tells, with a stack trace, that a client was closed while an answer was on its way. */
  private static final String NETTY_AT_SHUTDOWN =
      "io.netty.util.concurrent.DefaultPromise.rejectedExecution";

  /**
   * Warns once for each kind at every retry while the API server is away; one line of ours says it.
   */
  private static final String REFLECTOR = "io.fabric8.kubernetes.client.informers.impl.cache";

  private static final String TEXT = "%d{HH:mm:ss.SSS} %-5level %logger{20} - %msg %kvp%n";

  private Logging() {}

  /** Replaces whatever was configured before. */
  public static void configure(LogLevel level, LogEncoding encoding) {
    ConsoleAppender<ILoggingEvent> standardError = new ConsoleAppender<>();
    standardError.setTarget("System.err");
    configure((LoggerContext) LoggerFactory.getILoggerFactory(), level, encoding, standardError);
  }

  static void configure(
      LoggerContext context,
      LogLevel level,
      LogEncoding encoding,
      OutputStreamAppender<ILoggingEvent> appender) {
    context.reset();
    appender.setContext(context);
    appender.setEncoder(encoder(context, encoding));
    appender.start();
    context.getLogger(OURS).setLevel(Level.valueOf(level.name()));
    context.getLogger(NETTY_AT_SHUTDOWN).setLevel(Level.OFF);
    context.getLogger(REFLECTOR).setLevel(Level.ERROR);
    ch.qos.logback.classic.Logger root = context.getLogger(Logger.ROOT_LOGGER_NAME);
    root.setLevel(level == LogLevel.ERROR ? Level.ERROR : Level.WARN);
    root.addAppender(appender);
  }

  private static Encoder<ILoggingEvent> encoder(LoggerContext context, LogEncoding encoding) {
    Encoder<ILoggingEvent> encoder =
        switch (encoding) {
          case JSON -> new JsonLines(context);
          case CONSOLE -> textEncoder();
        };
    encoder.setContext(context);
    encoder.start();
    return encoder;
  }

  private static PatternLayoutEncoder textEncoder() {
    PatternLayoutEncoder encoder = new PatternLayoutEncoder();
    encoder.setPattern(TEXT);
    return encoder;
  }
}
