package io.serin.record;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.Nulls;
import io.serin.fact.Verdict;
import io.serin.policy.Ask;
import io.serin.rollout.TickRecord;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.cfg.DateTimeFeature;
import tools.jackson.databind.cfg.EnumFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.jsontype.NamedType;
import tools.jackson.databind.node.ObjectNode;

/**
 * A tick as one line of JSON and back. The fields stand in the order of the records that they come
 * from, after the version; verdicts and asks are told apart by {@code verb}; what is null is left
 * out.
 */
final class LineFormat implements TickReader {

  static final String VERSION = "version";

  private final JsonMapper mapper = mapper();
  private final ObjectReader reader = mapper.readerFor(TickRecord.class);

  /** A mapper that writes records as recordings have them. */
  static JsonMapper mapper() {
    return JsonMapper.builder()
        .disable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
        .enable(MapperFeature.INFER_RECORD_GETTERS_FROM_COMPONENTS_ONLY)
        .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
        .disable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
        .disable(EnumFeature.READ_ENUMS_USING_TO_STRING, EnumFeature.WRITE_ENUMS_USING_TO_STRING)
        .disable(DateTimeFeature.WRITE_DATES_AS_TIMESTAMPS)
        .changeDefaultPropertyInclusion(i -> i.withValueInclusion(JsonInclude.Include.NON_NULL))
        .withConfigOverride(
            List.class, o -> o.setNullHandling(JsonSetter.Value.forValueNulls(Nulls.AS_EMPTY)))
        .addMixIn(Verdict.class, ByVerb.class)
        .addMixIn(Ask.class, ByVerb.class)
        .registerSubtypes(subtypes().toArray(NamedType[]::new))
        .build();
  }

  /** The tick as a tree whose first field is the version. */
  ObjectNode tree(TickRecord tick) {
    ObjectNode line = mapper.createObjectNode();
    line.put(VERSION, FormatVersion.CURRENT.toString());
    line.setAll((ObjectNode) mapper.valueToTree(References.shorten(tick)));
    return line;
  }

  String text(ObjectNode line) {
    return mapper.writeValueAsString(line);
  }

  @Override
  public TickRecord read(byte[] line, int from, int length) {
    return read(new String(line, from, length, StandardCharsets.UTF_8));
  }

  /**
   * Reads a line.
   *
   * @throws RecordingException when it is not a tick of a version that is understood
   */
  TickRecord read(String line) {
    try {
      requireReadable(line);
      TickRecord tick = reader.readValue(line);
      return References.resolve(complete(tick));
    } catch (JacksonException e) {
      throw new RecordingException(oneLine(e.getOriginalMessage()), e);
    } catch (NullPointerException e) {
      throw new RecordingException("a fact lacks a field that no decision can do without", e);
    }
  }

  /** The tick, when it has what no decision can do without. */
  static TickRecord complete(TickRecord tick) {
    require("canary", tick.canary());
    require("at", tick.at());
    require("facts", tick.facts());
    require("facts.rollout", tick.facts().rollout());
    require("facts.rollout.phase", tick.facts().rollout().phase());
    require("facts.moment", tick.facts().moment());
    require("evidence", tick.evidence());
    require("verdict", tick.verdict());
    require("before.phase", tick.before() == null ? null : tick.before().phase());
    require("after.phase", tick.after() == null ? null : tick.after().phase());
    if (tick.proposals().isEmpty()) {
      throw new RecordingException("there are no proposals");
    }
    return tick;
  }

  private static void require(String field, @org.jspecify.annotations.Nullable Object value) {
    if (value == null) {
      throw new RecordingException("field '" + field + "' is missing");
    }
  }

  private void requireReadable(String line) {
    try (JsonParser parser = mapper.createParser(line)) {
      boolean first =
          parser.nextToken() == JsonToken.START_OBJECT
              && parser.nextToken() == JsonToken.PROPERTY_NAME
              && parser.currentName().equals(VERSION)
              && parser.nextToken() == JsonToken.VALUE_STRING;
      if (!first) {
        throw new RecordingException("it is no tick: the first field is not the text 'version'");
      }
      FormatVersion.parse(parser.getString()).requireReadable();
    }
  }

  private static List<NamedType> subtypes() {
    List<NamedType> types = new ArrayList<>();
    verdictsByVerb().forEach((verb, verdict) -> types.add(new NamedType(verdict, verb)));
    types.add(new NamedType(Ask.Call.class, "call"));
    types.add(new NamedType(Ask.Measure.class, "measure"));
    types.add(new NamedType(Ask.ProbeProviders.class, "probe"));
    return types;
  }

  /** The records of the verdicts by the verbs that they are told apart by. */
  static Map<String, Class<?>> verdictsByVerb() {
    Map<String, Class<?>> verdicts = new LinkedHashMap<>();
    verdicts(Verdict.class, verdicts);
    return verdicts;
  }

  private static void verdicts(Class<?> type, Map<String, Class<?>> verdicts) {
    for (Class<?> permitted : type.getPermittedSubclasses()) {
      if (permitted.isRecord()) {
        verdicts.put(verb(permitted), permitted);
      } else {
        verdicts(permitted, verdicts);
      }
    }
  }

  private static String verb(Class<?> verdict) {
    String name = verdict.getSimpleName();
    return name.substring(0, 1).toLowerCase(Locale.ROOT) + name.substring(1);
  }

  private static String oneLine(String text) {
    return text.strip().replaceAll("\\s+", " ");
  }

  @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "verb")
  private interface ByVerb {}
}
