package io.serin.api;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Headers to add, to overwrite and to remove. */
public record HeaderOperations(
    Map<String, String> add, Map<String, String> set, List<String> remove) {

  public HeaderOperations {
    add = Collections.unmodifiableMap(new LinkedHashMap<>(add));
    set = Collections.unmodifiableMap(new LinkedHashMap<>(set));
    remove = List.copyOf(remove);
  }

  static HeaderOperations read(Fields f) {
    return new HeaderOperations(f.textMap("add"), f.textMap("set"), f.texts("remove"));
  }
}
