package io.serin.metric;

import java.util.Map;
import java.util.Optional;

/** Reads Secrets, for example from a short-lived cache. */
@FunctionalInterface
public interface Secrets {

  /** The decoded data of a Secret; empty when there is no such Secret. */
  Optional<Map<String, String>> read(String namespace, String name);
}
