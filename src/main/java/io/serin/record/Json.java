package io.serin.record;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** Results as scripts read them. */
public final class Json {

  private static final JsonMapper MAPPER =
      LineFormat.mapper().rebuild().enable(SerializationFeature.INDENT_OUTPUT).build();

  private Json() {}

  /** A result of {@link Replay}, {@link Comparison} or {@link WhatIf} as indented JSON. */
  public static String of(Record result) {
    return MAPPER.writeValueAsString(result);
  }

  /** Reads a result back; each kind has a field that no other has. */
  static ReplayResult result(String text) {
    JsonNode tree = MAPPER.readTree(text);
    if (tree.has("replayed")) {
      return MAPPER.treeToValue(tree, Replay.Result.class);
    } else if (tree.has("classes")) {
      return MAPPER.treeToValue(tree, Comparison.Result.class);
    } else if (tree.has("simulatedEnds")) {
      return MAPPER.treeToValue(tree, WhatIf.Result.class);
    }
    throw new RecordingException("it holds neither replayed ticks nor rollouts");
  }
}
