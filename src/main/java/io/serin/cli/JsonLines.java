package io.serin.cli;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import java.util.List;
import java.util.Locale;
import net.logstash.logback.composite.AbstractFieldJsonProvider;
import net.logstash.logback.composite.JsonProvider;
import net.logstash.logback.composite.loggingevent.KeyValuePairsJsonProvider;
import net.logstash.logback.composite.loggingevent.LoggerNameJsonProvider;
import net.logstash.logback.composite.loggingevent.LoggingEventFormattedTimestampJsonProvider;
import net.logstash.logback.composite.loggingevent.LoggingEventJsonProviders;
import net.logstash.logback.composite.loggingevent.MdcJsonProvider;
import net.logstash.logback.composite.loggingevent.MessageJsonProvider;
import net.logstash.logback.composite.loggingevent.StackTraceJsonProvider;
import net.logstash.logback.encoder.LoggingEventCompositeJsonEncoder;
import tools.jackson.core.JsonGenerator;

/**
 * A log entry as one JSON object on one line, with the field names of Flagger's own log: {@code
 * level}, {@code ts}, {@code logger}, {@code msg}, then the key-values, then {@code stacktrace}.
 */
final class JsonLines extends LoggingEventCompositeJsonEncoder {
  JsonLines(LoggerContext context) {
    LoggingEventJsonProviders providers = new LoggingEventJsonProviders();
    fields().forEach(providers::addProvider);
    providers.setContext(context);
    setProviders(providers);
  }

  private static List<JsonProvider<ILoggingEvent>> fields() {
    return List.of(
        named("level", new LowerCaseLevel()),
        named("ts", timestamp()),
        named("logger", new LoggerNameJsonProvider()),
        named("msg", new MessageJsonProvider()),
        new KeyValuePairsJsonProvider(),
        new MdcJsonProvider(),
        named("stacktrace", new StackTraceJsonProvider()));
  }

  private static LoggingEventFormattedTimestampJsonProvider timestamp() {
    LoggingEventFormattedTimestampJsonProvider timestamp =
        new LoggingEventFormattedTimestampJsonProvider();
    timestamp.setPattern("yyyy-MM-dd'T'HH:mm:ss.SSSXX");
    timestamp.setTimeZone("UTC");
    return timestamp;
  }

  private static JsonProvider<ILoggingEvent> named(
      String name, AbstractFieldJsonProvider<ILoggingEvent> provider) {
    provider.setFieldName(name);
    return provider;
  }

  private static final class LowerCaseLevel extends AbstractFieldJsonProvider<ILoggingEvent> {
    @Override
    public void writeTo(JsonGenerator json, ILoggingEvent event) {
      json.writeStringProperty(
          getFieldName(), event.getLevel().toString().toLowerCase(Locale.ROOT));
    }
  }
}
