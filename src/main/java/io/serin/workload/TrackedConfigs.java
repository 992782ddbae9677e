package io.serin.workload;

import io.serin.fact.Problem;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The tracked configuration of a target.
 *
 * @param checksums checksum by key ({@link ConfigReference#key}), as in {@code
 *     status.trackedConfigs}
 * @param problems what is missing; while there is one the checksums say nothing about changes
 */
public record TrackedConfigs(Map<String, String> checksums, List<Problem> problems) {
  public TrackedConfigs {
    checksums = Collections.unmodifiableMap(new TreeMap<>(checksums));
    problems = List.copyOf(problems);
  }
}
