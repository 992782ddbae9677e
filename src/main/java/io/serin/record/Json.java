package io.serin.record;

import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** Results as scripts read them. */
public final class Json {

  private static final JsonMapper MAPPER =
      LineFormat.mapper().rebuild().enable(SerializationFeature.INDENT_OUTPUT).build();

  private Json() {}

  /** A result of {@link Replay} or {@link Comparison} as indented JSON. */
  public static String of(Record result) {
    return MAPPER.writeValueAsString(result);
  }
}
