package io.serin.api;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** Labels and annotations that an author wants on a generated object. */
public record CustomMetadata(Map<String, String> labels, Map<String, String> annotations) {
  public CustomMetadata {
    labels = Collections.unmodifiableMap(new LinkedHashMap<>(labels));
    annotations = Collections.unmodifiableMap(new LinkedHashMap<>(annotations));
  }

  static CustomMetadata read(Fields f) {
    return new CustomMetadata(f.textMap("labels"), f.textMap("annotations"));
  }
}
